/** The setting of an architecture's variant, and what go takes when it is not set. */
export interface ArchitectureSetting {
  readonly name: string;
  readonly preset: string;
}

/** By GOARCH, see `go help environment`; an architecture without variants is not among them. */
const SETTINGS: Readonly<Record<string, readonly [name: string, preset: string]>> = {
  '386': ['GO386', 'sse2'],
  amd64: ['GOAMD64', 'v1'],
  arm: ['GOARM', '7'],
  arm64: ['GOARM64', 'v8.0'],
  mips: ['GOMIPS', 'hardfloat'],
  mipsle: ['GOMIPS', 'hardfloat'],
  mips64: ['GOMIPS64', 'hardfloat'],
  mips64le: ['GOMIPS64', 'hardfloat'],
  ppc64: ['GOPPC64', 'power8'],
  ppc64le: ['GOPPC64', 'power8'],
  riscv64: ['GORISCV64', 'rva20u64'],
  wasm: ['GOWASM', ''],
};

/** The names of all of them, GOAMD64 and its like. */
export const ARCHITECTURE_SETTINGS: readonly string[] = [...new Set(Object.values(SETTINGS).map(([name]) => name))];

export function architectureSetting(goarch: string): ArchitectureSetting | undefined {
  const [name, preset] = SETTINGS[goarch] ?? [];
  return name === undefined || preset === undefined ? undefined : { name, preset };
}

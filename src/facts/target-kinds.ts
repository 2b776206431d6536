/** What a target hashes of the packages that it works on; what they import it reads as the compiler does. */
export type PackageReads =
  /** What is compiled into a main package, its profile too. */
  | 'program'
  /** The sources, with those of the tests. */
  | 'sources'
  /** All that a run of the tests can open, and the sources. */
  | 'tests'
  /** All that lies in the directory: generators read templates and write next to the sources. */
  | 'directory';

interface AnyKind {
  /** What Nx shows of the target. */
  readonly description: string;
}

/** A kind of target that the go command works on under a build configuration. Its hash holds what go reads. */
export interface CompiledKind extends AnyKind {
  /** The projects that have such a target: those of main packages, or all that hold packages. */
  readonly of: 'main' | 'packages';
  readonly reads: PackageReads;
  /** Where it writes unless the option `outputPath` says otherwise; `.exe` is added for Windows. */
  readonly outputPath?: string;
  /** What else it writes. */
  readonly outputs?: readonly string[];
}

/** A kind of target that changes a module's manifests; it is not cached. */
export interface ModuleKind extends AnyKind {
  readonly of: 'module';
}

/** A kind of target that runs what the build of a main package makes. Nothing of it is cached. */
export interface ProgramKind extends AnyKind {
  readonly of: 'program';
  /** Whether its task goes on until it is stopped. */
  readonly continuous: boolean;
  /** Whether Lambda handlers alone have such a target. */
  readonly ofHandlers?: boolean;
}

/** A kind of target that packs what other targets have built, see `graph/packaging`. */
export interface ArchiveKind extends AnyKind {
  readonly of: 'archive';
}

/** A kind of target that looks into what the build of a main package makes. There only where an option asks for it. */
export interface ScanKind extends AnyKind {
  readonly of: 'scan';
}

/** A kind of target that runs the generators of packages that have any, see `graph/generating`. */
export interface GeneratorKind extends AnyKind {
  readonly of: 'generators';
}

/** A kind of target for which a linter or a formatter reads packages, see `graph/linting`. */
export interface LinterKind extends AnyKind {
  readonly of: 'linted';
  /** Whether it rewrites the sources: nothing of it is cached then. */
  readonly rewrites: boolean;
  /** Whether it looks at the text alone. */
  readonly formats: boolean;
}

/** A kind of target that sums up what tests have measured. There only where an option asks for it; not cached. */
export interface ReportKind extends AnyKind {
  readonly of: 'report';
}

type AnyTargetKind =
  ReportKind | LinterKind | GeneratorKind | CompiledKind | ModuleKind | ArchiveKind | ProgramKind | ScanKind;

/**
 * All that is particular to a kind of target, by the name of its executor and of its folder under `executors`. The
 * graph infers a target of each kind, with the options that `schema.json` in that folder names.
 *
 * Of kinds that compile the same packages the first begins: vet ends soon after it has compiled, tests may wait.
 */
export const TARGET_KINDS = {
  build: {
    description: 'Builds the binary with go build',
    of: 'main',
    reads: 'program',
    outputPath: 'dist/{projectRoot}/{binary}',
  },
  vet: {
    description: 'Checks the package with go vet',
    of: 'packages',
    reads: 'sources',
  },
  test: {
    description: 'Runs the tests with go test',
    of: 'packages',
    reads: 'tests',
    outputs: ['{workspaceRoot}/coverage/{projectRoot}/cover.out', '{options.coverProfile}'],
  },
  generate: { description: 'Writes generated code with go generate', of: 'generators' },
  'generate-check': {
    description: 'Checks in a copy that the generated code is what go generate makes',
    of: 'generators',
  },
  lint: { description: 'Looks for mistakes with a linter', of: 'linted', rewrites: false, formats: false },
  'lint-fix': { description: 'Mends what the linter can mend', of: 'linted', rewrites: true, formats: false },
  format: { description: 'Formats the sources', of: 'linted', rewrites: true, formats: true },
  'format-check': {
    description: 'Checks that the sources are formatted',
    of: 'linted',
    rewrites: false,
    formats: true,
  },
  tidy: { description: 'Tidies go.mod and go.sum with go mod tidy', of: 'module' },
  package: { description: 'Packs the program for shipping', of: 'archive' },
  vuln: { description: 'Looks for known vulnerabilities in the binary with govulncheck', of: 'scan' },
  coverage: { description: 'Sums up what the tests cover', of: 'report' },
  run: { description: 'Runs the program once', of: 'program', continuous: false },
  serve: {
    description: 'Runs the program, and again after each change to what it is compiled from',
    of: 'program',
    continuous: true,
  },
  invoke: {
    description: 'Invokes the Lambda handler with an event',
    of: 'program',
    continuous: false,
    ofHandlers: true,
  },
} as const satisfies Readonly<Record<string, AnyTargetKind>>;

/**
 * The name of a kind of target: of its executor, its folder, its option in nx.json, and the target itself by default.
 */
export type TargetKind = keyof typeof TARGET_KINDS;
type KindOf<Row> = { [Kind in TargetKind]: (typeof TARGET_KINDS)[Kind] extends Row ? Kind : never }[TargetKind];
export type CompiledTargetKind = KindOf<CompiledKind>;
export type GeneratorTargetKind = KindOf<GeneratorKind>;
export type LinterTargetKind = KindOf<LinterKind>;

const ROWS = Object.entries(TARGET_KINDS) as [TargetKind, AnyTargetKind][];

export const TARGET_KIND_NAMES: readonly TargetKind[] = ROWS.map(([kind]) => kind);
/** The kinds that run under a build configuration. */
export const COMPILED_KINDS: readonly CompiledTargetKind[] = kindsOf<CompiledTargetKind>('main', 'packages');
/** The kinds whose tasks run in batches: all but those of modules, and those that run programs. */
export const BATCHED_KINDS: readonly TargetKind[] = kindsOf(
  'main',
  'packages',
  'generators',
  'linted',
  'archive',
  'scan',
);
/** The kinds that run generators. */
export const GENERATOR_KINDS: readonly GeneratorTargetKind[] = kindsOf<GeneratorTargetKind>('generators');
/** The kinds for which linters and formatters read packages. */
export const LINTER_KINDS: readonly LinterTargetKind[] = kindsOf<LinterTargetKind>('linted');
/** The kinds that modules have. */
export const MODULE_KINDS: readonly KindOf<ModuleKind>[] = kindsOf<KindOf<ModuleKind>>('module');
/** The kinds that run the program of a main package. */
export const PROGRAM_KINDS: readonly KindOf<ProgramKind>[] = kindsOf<KindOf<ProgramKind>>('program');

/** The executor of the targets that the graph infers: Nx makes a batch of the tasks of one executor. */
export const SHARED_EXECUTOR = 'nx-gopher:go';

/** The target of every module that Go tasks wait for where there are others, and that does nothing. */
export const START_TARGET = 'go-start';

/** The executor of one kind alone, for targets written by hand. */
export function ownExecutor(kind: TargetKind): string {
  return `nx-gopher:${kind}`;
}

/**
 * The kind of a target by its executor, or by the option `kind` of the shared one; undefined when it is none of
 * ours.
 */
export function kindOfTarget(
  target: { readonly executor?: string; readonly options?: { readonly kind?: unknown } } | undefined,
): TargetKind | undefined {
  const { executor, options } = target ?? {};
  return TARGET_KIND_NAMES.find(
    (kind) => executor === ownExecutor(kind) || (executor === SHARED_EXECUTOR && options?.kind === kind),
  );
}

/** What the table says of a kind that runs under a build configuration. */
export function compiledKind(kind: CompiledTargetKind): CompiledKind {
  return TARGET_KINDS[kind];
}

/** Whether targets of a kind read a package's tests. */
export function readsTests(kind: TargetKind): boolean {
  const row = TARGET_KINDS[kind];
  return !('reads' in row) || row.reads !== 'program';
}

function kindsOf<Kind extends TargetKind>(...scopes: readonly (typeof ROWS)[number][1]['of'][]): Kind[] {
  return ROWS.filter(([, row]) => scopes.includes(row.of)).map(([kind]) => kind as Kind);
}

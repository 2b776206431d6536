import type { BuildConfiguration } from '../configuration/build-configuration.js';
import { ALSO, KNOWN_ARCH, KNOWN_OS, UNIX_OS } from '../configuration/platforms.js';

/** Whether a build tag is set. */
export type TagMatcher = (tag: string) => boolean;

/** Thrown for a `//go:build` expression that go would refuse. */
export class BuildConstraintError extends Error {
  override readonly name = 'BuildConstraintError';
}

/** Stands for every release there may be: all of `go1.1` … are set where the version of Go is not known. */
const ANY_MINOR = 99;

/**
 * The build tags of a configuration, as go/build's matchTag and the go command's tool tags.
 *
 * @param goMinor the N of the Go 1.N that would build.
 */
export function tagMatcher(configuration: BuildConfiguration, goMinor = ANY_MINOR): TagMatcher {
  const { goos, goarch, cgo, race, msan, asan } = configuration;
  const tags = new Set([
    ...[goos, goarch, 'gc', ALSO[goos] ?? ''],
    ...(UNIX_OS.includes(goos) ? ['unix'] : []),
    ...(cgo ? ['cgo'] : []),
    ...(race ? ['race'] : []),
    ...(msan ? ['msan'] : []),
    ...(asan ? ['asan'] : []),
    ...configuration.tags,
    ...variantTags(configuration),
    ...experiments(configuration).map((name) => `goexperiment.${name}`),
  ]);
  tags.delete('');
  return (tag) => {
    const minor = /^go1\.([1-9]\d*)$/.exec(tag)?.[1];
    if (minor !== undefined && Number(minor) <= goMinor) return true;
    // boringcrypto is an old name.
    return tags.has(tag === 'boringcrypto' ? 'goexperiment.boringcrypto' : tag);
  };
}

/** As GOGOARCH tags of Go's internal/buildcfg: a level of an architecture holds those below it. */
function variantTags({ goarch, variant }: BuildConfiguration): string[] {
  const levels = (prefix: string, first: number, last: number): string[] =>
    Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => `${goarch}.${prefix}${first + index}`);
  const [major = 0, minor = 0] = (variant.match(/\d+/g) ?? []).map(Number);
  switch (goarch) {
    case 'amd64':
      return levels('v', 1, major);
    case 'arm':
      return levels('', 5, major);
    case 'arm64':
      // v9.x holds v8.(x+5).
      return [...levels(`v${major}.`, 0, minor), ...(major === 9 ? levels('v8.', 0, Math.min(minor + 5, 9)) : [])];
    case 'ppc64':
    case 'ppc64le':
      return levels('power', 8, major);
    case 'riscv64':
      return [20, 22, 23].filter((level) => level === 20 || level <= major).map((level) => `riscv64.rva${level}u64`);
    case 'wasm':
      return ['wasm.satconv', 'wasm.signext'];
    default:
      return variant ? [`${goarch}.${variant}`] : [];
  }
}

/** The experiments that are on: those that Go 1.26 turns on by itself, changed by GOEXPERIMENT. */
function experiments({ goos, goarch, experiment }: BuildConfiguration): string[] {
  const register = ['regabiwrappers', 'regabiargs'];
  const alwaysRegister = ['amd64', 'arm64', 'loong64', 'ppc64le', 'ppc64', 'riscv64'].includes(goarch);
  const on = new Set(['randomizedheapbase64', 'greenteagc']);
  if (!['darwin', 'ios', 'aix'].includes(goos)) on.add('dwarf5');
  if (alwaysRegister || goarch === 's390x') register.forEach((name) => on.add(name));
  for (const word of experiment.split(',').filter(Boolean)) {
    if (word === 'none') {
      on.clear();
      continue;
    }
    const [, off, name = ''] = /^(no)?(.*)$/.exec(word) ?? [];
    for (const each of name === 'regabi' ? register : [name]) {
      if (off) on.delete(each);
      else on.add(each);
    }
  }
  if (alwaysRegister) register.forEach((name) => on.add(name));
  return [...on];
}

/** Whether a file's name lets it into a build: go/build's goodOSArchFile. */
export function isFileNameIncluded(fileName: string, matches: TagMatcher): boolean {
  const [stem = ''] = fileName.split('.', 1);
  // What stands before the first underscore never counts: linux.go is compiled everywhere.
  const words = stem.split('_').slice(1);
  if (words.at(-1) === 'test') words.pop();
  const last = words.at(-1) ?? '';
  const previous = words.at(-2) ?? '';
  if (KNOWN_OS.includes(previous) && KNOWN_ARCH.includes(last)) return matches(last) && matches(previous);
  return KNOWN_OS.includes(last) || KNOWN_ARCH.includes(last) ? matches(last) : true;
}

/**
 * Evaluates the expression of a `//go:build` line.
 *
 * @throws BuildConstraintError when go/build/constraint would not parse it.
 */
export function evaluateConstraint(expression: string, matches: TagMatcher): boolean {
  const tokens = tokenize(expression);
  let position = 0;
  const result = or();
  if (position < tokens.length) throw new BuildConstraintError(`unexpected token ${tokens[position]}`);
  return result;

  function or(): boolean {
    return operands('||', and).includes(true);
  }

  function and(): boolean {
    return !operands('&&', not).includes(false);
  }

  /** All operands are read, whatever the first ones are: the rest of the expression would be left over. */
  function operands(operator: string, operand: () => boolean): boolean[] {
    const values = [operand()];
    while (tokens[position] === operator) {
      position++;
      values.push(operand());
    }
    return values;
  }

  function not(): boolean {
    if (tokens[position] !== '!') return atom();
    position++;
    if (tokens[position] === '!') throw new BuildConstraintError('double negation not allowed');
    return !atom();
  }

  function atom(): boolean {
    const token = tokens[position++];
    if (token === undefined) throw new BuildConstraintError('unexpected end of expression');
    if (token === '(') {
      const value = or();
      if (tokens[position++] !== ')') throw new BuildConstraintError('missing close paren');
      return value;
    }
    if (!TAG.test(token)) throw new BuildConstraintError(`unexpected token ${token}`);
    return matches(token);
  }
}

const TAG = /^[\p{L}\p{Nd}_.]+$/u;

/** Whether a word can be a build tag. */
export function isTag(word: string): boolean {
  return TAG.test(word);
}

function tokenize(expression: string): string[] {
  const tokens: string[] = [];
  const token = /[ \t]+|(&&|\|\||[()!]|[\p{L}\p{Nd}_.]+)/uy;
  while (token.lastIndex < expression.length) {
    const start = token.lastIndex;
    const match = token.exec(expression);
    if (!match) throw new BuildConstraintError(`invalid syntax at ${expression.charAt(start)}`);
    if (match[1] !== undefined) tokens.push(match[1]);
  }
  return tokens;
}

import { TARGET_KIND_NAMES, TARGET_KINDS, type TargetKind } from '../../facts/target-kinds.js';
import { ByName, type ReadonlyByName } from '../../by-name.js';
import { nearestName } from '../../nearest-name.js';
import { executorSchema } from '../../schemas/executor-schema.js';
import { valueProblems } from '../../schemas/option-problems.js';
import { parseTrust } from '../../seals/trust.js';
import { WRONG_ENTRY_ACTIONS } from '../../seals/wrong-entry-option.js';
import { parseWarm } from '../../warm/warm-options.js';
import type { Options } from './option-values.js';

/** How the plugin infers one kind of target: `false` for not at all, or its name and the options of its executor. */
export interface TargetOptions {
  readonly targetName: string;
  /** Options of the executor, for every project. */
  readonly options: Options;
  /** Named configurations of the target, for every project. */
  readonly configurations: ReadonlyByName<Options>;
  /** What is wrong with options, which are left out here: the targets must not run. */
  readonly problems: readonly string[];
  /** Whether nx.json names the kind, which then needs nothing in the workspace that asks for it. */
  readonly isAsked?: true;
  /** Whether it is another one of its kind in a project, and writes nothing but what options name. */
  readonly isFurther?: true;
}

/** The options of the plugin in nx.json, checked and completed. */
export interface PluginOptions {
  readonly granularity: 'package' | 'module';
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly targets: Readonly<Record<TargetKind, TargetOptions | undefined>>;
  /** What is wrong with options of the whole plugin, for which defaults stand here. */
  readonly problems: readonly string[];
}

const NAMES = ['granularity', 'include', 'exclude', 'trust', 'onWrongCacheEntry', 'warm', ...TARGET_KIND_NAMES];

/**
 * Checks what stands under `options` of the plugin's entry in nx.json.
 *
 * A wrong option never costs the graph, in which there are projects of other languages, too. Its default stands in for
 * it, and no Go target that it concerns runs. A problem names the option, its value, what it takes, and for a misspelt
 * one the nearest right name.
 */
export function parseOptions(raw: unknown): PluginOptions {
  const problems: string[] = [];
  const options = recordOf(raw ?? {}, 'the options of nx-gopher', problems);
  problems.push(...nameProblems(options, NAMES, ''), ...problemsIn(() => parseTrust(options['trust'])));
  problems.push(...problemsIn(() => parseWarm(options['warm'])));
  const granularity = options['granularity'] ?? 'package';
  if (granularity !== 'package' && granularity !== 'module') {
    problems.push(invalid('granularity', '"package" or "module"', granularity));
  }
  const onWrongCacheEntry = options['onWrongCacheEntry'] ?? 'fail';
  if (!WRONG_ENTRY_ACTIONS.some((action) => action === onWrongCacheEntry)) {
    problems.push(invalid('onWrongCacheEntry', '"fail" or "rebuild"', onWrongCacheEntry));
  }
  const [include, exclude] = ['include', 'exclude'].map((name) => globs(options[name] ?? [], name, problems));
  const targets = TARGET_KIND_NAMES.map((kind) => [kind, parseTarget(kind, options[kind], problems)]);
  return {
    granularity: granularity === 'module' ? 'module' : 'package',
    include: include ?? [],
    exclude: exclude ?? [],
    targets: Object.fromEntries(targets) as PluginOptions['targets'],
    problems,
  };
}

/** @param ofAll what is wrong with options that concern every target. */
function parseTarget(kind: TargetKind, raw: unknown, ofAll: readonly string[]): TargetOptions | undefined {
  const { of } = TARGET_KINDS[kind];
  const isOnRequest = of === 'scan' || of === 'report';
  if (raw === false || (raw === undefined && isOnRequest)) return undefined;
  const problems = [...ofAll];
  const { targetName, configurations, ...options } = recordOf(raw ?? {}, kind, problems);
  const schema = Object.keys(executorSchema(kind).properties);
  // What such a target reads follows its options, and a named configuration comes too late for that.
  const isOfBuilds = of === 'archive' || of === 'scan';
  if (isOfBuilds && configurations !== undefined)
    problems.push(...nameProblems({ configurations }, schema, `${kind}.`));
  const byName = isOfBuilds ? {} : recordOf(configurations ?? {}, `${kind}.configurations`, problems);
  const named = Object.entries(byName).map(([name, value]) => {
    const where = `${kind}.configurations.${name}`;
    return [name, rightOptions(kind, recordOf(value, where, problems), `${where}.`, problems)] as const;
  });
  if (targetName !== undefined && typeof targetName !== 'string')
    problems.push(invalid(`${kind}.targetName`, 'a string', targetName));
  return {
    targetName: typeof targetName === 'string' ? targetName : kind,
    options: rightOptions(kind, options, `${kind}.`, problems, ['targetName', 'configurations']),
    configurations: new ByName(named),
    problems,
    ...(of === 'linted' && raw !== undefined ? { isAsked: true } : {}),
  };
}

/** The options without those that are wrong. */
function rightOptions(
  kind: TargetKind,
  options: Options,
  prefix: string,
  problems: string[],
  alsoKnown: readonly string[] = [],
): Options {
  const names = Object.keys(executorSchema(kind).properties);
  const wrong = valueProblems(kind, options);
  problems.push(
    ...nameProblems(options, [...names, ...alsoKnown], prefix),
    ...wrong.map(({ path, message }) => `nx.json: "${prefix}${path}" of nx-gopher ${message}`),
  );
  const isRight = (name: string): boolean => names.includes(name) && !wrong.some(({ option }) => option === name);
  return Object.fromEntries(Object.entries(options).filter(([name]) => isRight(name)));
}

function nameProblems(options: Options, names: readonly string[], prefix: string): string[] {
  const unknown = Object.keys(options).filter((name) => !names.includes(name));
  return unknown.map(
    (name) =>
      `nx.json: nx-gopher has no option "${prefix}${name}". Did you mean "${prefix}${nearestName(name, names)}"?`,
  );
}

/** What a reader of an option throws. */
function problemsIn(read: () => unknown): string[] {
  try {
    read();
    return [];
  } catch (error) {
    return [(error as Error).message];
  }
}

function recordOf(value: unknown, where: string, problems: string[]): Options {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Options;
  problems.push(invalid(where, 'an object', value));
  return {};
}

function globs(value: unknown, where: string, problems: string[]): readonly string[] {
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
  problems.push(invalid(where, 'a list of globs', value));
  return [];
}

function invalid(where: string, wanted: string, value: unknown): string {
  return `nx.json: "${where}" of nx-gopher must be ${wanted}, not ${JSON.stringify(value)}.`;
}

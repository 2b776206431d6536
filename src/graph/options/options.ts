import { TARGET_KIND_NAMES, TARGET_KINDS, type TargetKind } from '../../facts/target-kinds.js';
import { nearestName } from '../../nearest-name.js';
import { executorSchema } from '../../schemas/executor-schema.js';
import { valueProblems } from '../../schemas/option-problems.js';
import { parseTrust } from '../../seals/trust.js';

/** How the plugin infers one kind of target: `false` for not at all, or its name and the options of its executor. */
export interface TargetOptions {
  readonly targetName: string;
  /** Options of the executor, for every project. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Named configurations of the target, for every project. */
  readonly configurations: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** The options of the plugin in nx.json, checked and completed. */
export interface PluginOptions {
  readonly granularity: 'package' | 'module';
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly targets: Readonly<Record<TargetKind, TargetOptions | undefined>>;
}

const NAMES = ['granularity', 'include', 'exclude', 'trust', ...TARGET_KIND_NAMES];

/**
 * Checks what stands under `options` of the plugin's entry in nx.json.
 *
 * @throws Error that names the option, what it takes, and for a misspelt one the nearest right name.
 */
export function parseOptions(raw: unknown): PluginOptions {
  const options = asRecord(raw ?? {}, 'the options of nx-gopher');
  checkNames(options, NAMES, '');
  const granularity = options['granularity'] ?? 'package';
  if (granularity !== 'package' && granularity !== 'module') {
    throw invalid('granularity', '"package" or "module"', granularity);
  }
  parseTrust(options['trust']);
  return {
    granularity,
    include: asStrings(options['include'] ?? [], 'include'),
    exclude: asStrings(options['exclude'] ?? [], 'exclude'),
    targets: Object.fromEntries(
      TARGET_KIND_NAMES.map((kind) => [kind, parseTarget(kind, options[kind])]),
    ) as PluginOptions['targets'],
  };
}

function parseTarget(kind: TargetKind, raw: unknown): TargetOptions | undefined {
  if (raw === false) return undefined;
  const { targetName, configurations, ...options } = asRecord(raw ?? {}, kind);
  const schema = executorSchema(kind).properties;
  // What a package is made from follows its options, and a named configuration comes too late for that.
  if (TARGET_KINDS[kind].of === 'archive' && configurations !== undefined)
    checkNames({ configurations }, Object.keys(schema), `${kind}.`);
  checkNames(options, Object.keys(schema), `${kind}.`, ['targetName', 'configurations']);
  checkValues(kind, options, `${kind}.`);
  const named = Object.entries(asRecord(configurations ?? {}, `${kind}.configurations`)).map(([name, value]) => {
    const where = `${kind}.configurations.${name}`;
    const configuration = asRecord(value, where);
    checkNames(configuration, Object.keys(schema), `${where}.`);
    checkValues(kind, configuration, `${where}.`);
    return [name, configuration] as const;
  });
  if (targetName !== undefined && typeof targetName !== 'string')
    throw invalid(`${kind}.targetName`, 'a string', targetName);
  return { targetName: targetName ?? kind, options, configurations: Object.fromEntries(named) };
}

function checkNames(
  options: Readonly<Record<string, unknown>>,
  known: readonly string[],
  prefix: string,
  alsoKnown: readonly string[] = [],
): void {
  const names = [...known, ...alsoKnown];
  for (const name of Object.keys(options)) {
    if (names.includes(name)) continue;
    throw new Error(
      `nx.json: nx-gopher has no option "${prefix}${name}". Did you mean "${prefix}${nearestName(name, names)}"?`,
    );
  }
}

function checkValues(kind: TargetKind, options: Readonly<Record<string, unknown>>, prefix: string): void {
  for (const { path, message } of valueProblems(kind, options)) {
    throw new Error(`nx.json: "${prefix}${path}" of nx-gopher ${message}`);
  }
}

function asRecord(value: unknown, where: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid(where, 'an object', value);
  return value as Record<string, unknown>;
}

function asStrings(value: unknown, where: string): readonly string[] {
  if (!Array.isArray(value) || value.some((item) => typeof item !== 'string')) {
    throw invalid(where, 'a list of globs', value);
  }
  return value as string[];
}

function invalid(where: string, wanted: string, value: unknown): Error {
  return new Error(`nx.json: "${where}" of nx-gopher must be ${wanted}, not ${JSON.stringify(value)}.`);
}

import { readFileSync } from 'node:fs';

import { TARGET_KIND_NAMES, TARGET_KINDS, type TargetKind } from '../../facts/target-kinds.js';
import { nearestName } from '../../nearest-name.js';
import { packageFile } from '../../package-root.js';
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
  const schema = executorSchema(kind);
  // What a package is made from follows its options, and a named configuration comes too late for that.
  if (TARGET_KINDS[kind].of === 'archive' && configurations !== undefined)
    checkNames({ configurations }, Object.keys(schema), `${kind}.`);
  checkNames(options, Object.keys(schema), `${kind}.`, ['targetName', 'configurations']);
  checkTypes(options, schema, `${kind}.`);
  const named = Object.entries(asRecord(configurations ?? {}, `${kind}.configurations`)).map(([name, value]) => {
    const where = `${kind}.configurations.${name}`;
    const configuration = asRecord(value, where);
    checkNames(configuration, Object.keys(schema), `${where}.`);
    checkTypes(configuration, schema, `${where}.`);
    return [name, configuration] as const;
  });
  if (targetName !== undefined && typeof targetName !== 'string')
    throw invalid(`${kind}.targetName`, 'a string', targetName);
  return { targetName: targetName ?? kind, options, configurations: Object.fromEntries(named) };
}

interface Property {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly oneOf?: readonly Property[];
  readonly anyOf?: readonly Property[];
}

function executorSchema(kind: TargetKind): Readonly<Record<string, Property>> {
  const file = packageFile('src/executors', kind, 'schema.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { properties: Record<string, Property> }).properties;
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

function checkTypes(
  options: Readonly<Record<string, unknown>>,
  schema: Readonly<Record<string, Property>>,
  prefix: string,
): void {
  for (const [name, value] of Object.entries(options)) {
    const property = schema[name] ?? {};
    const alternatives = property.oneOf ?? property.anyOf ?? [property];
    if (!alternatives.some((alternative) => fits(value, alternative))) {
      const wanted = alternatives.map(
        (one) => one.enum?.map((v) => JSON.stringify(v)).join(' | ') ?? [one.type].flat().join(' or '),
      );
      throw invalid(`${prefix}${name}`, wanted.join(' or '), value);
    }
  }
}

function fits(value: unknown, property: Property): boolean {
  if (property.enum) return property.enum.includes(value);
  const types = property.type === undefined ? [] : [property.type].flat();
  const actual = Array.isArray(value) ? 'array' : typeof value;
  return types.length === 0 || types.includes(actual) || (actual === 'number' && types.includes('integer'));
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

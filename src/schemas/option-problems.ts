import type { ErrorObject } from 'ajv';

import type { TargetKind } from '../facts/target-kinds.js';
import { nearestName } from '../nearest-name.js';
import { variableProblems } from '../variables/option-variables.js';
import { executorSchema, type Schema } from './executor-schema.js';
import { expected, nearestValue } from './expected.js';
import { validatorOf } from './validators.js';

/** A wrong option of a target. */
export interface OptionProblem {
  /** The option. */
  readonly option: string;
  /** The wrong value's place in the options, e.g. `files.0.source`. */
  readonly path: string;
  /** What is wrong and what is right, to follow the path: `is "yes", but takes a boolean. Write true.` */
  readonly message: string;
}

/** What is wrong with the options of a target, by the schema of its kind: names that it does not have, and values. */
export function optionProblems(kind: TargetKind, options: Readonly<Record<string, unknown>>): OptionProblem[] {
  const schema = executorSchema(kind);
  const names = Object.keys(schema.properties);
  const unknown = Object.keys(options).filter((name) => !Object.hasOwn(schema.properties, name));
  return [
    ...unknown.map((name) => ({ option: name, path: name, message: noOption(name, names) })),
    ...valueProblems(kind, options),
  ];
}

/** As {@link optionProblems}, for the values of known options alone, and for variables that cannot be filled in. */
export function valueProblems(kind: TargetKind, options: Readonly<Record<string, unknown>>): OptionProblem[] {
  const wrong = schemaProblems(kind, options);
  const others = variableProblems(options).filter(({ option }) => !wrong.some((one) => one.option === option));
  return [...wrong, ...others];
}

function schemaProblems(kind: TargetKind, options: Readonly<Record<string, unknown>>): OptionProblem[] {
  const validate = validatorOf(kind);
  if (validate(options)) return [];
  const errors = [...(validate.errors ?? [])].sort((a, b) => rank(a) - rank(b));
  const byOption = new Map<string, OptionProblem>();
  for (const error of errors) {
    const path = keysOf(error.instancePath);
    const [option] = path;
    if (option === undefined || byOption.has(option)) continue;
    byOption.set(option, {
      option,
      path: path.join('.'),
      message: messageOf(error, path, executorSchema(kind), options),
    });
  }
  return [...byOption.values()];
}

/** Alternatives first: ajv also gives the errors of each of them. */
function rank({ keyword, instancePath }: ErrorObject): number {
  return (keyword === 'anyOf' ? 0 : 1000) + instancePath.split('/').length;
}

function messageOf(error: ErrorObject, path: readonly string[], root: Schema, options: unknown): string {
  const schema = path.reduce(schemaAt, root);
  const value = path.reduce<unknown>((outer, key) => (outer as Readonly<Record<string, unknown>>)[key], options);
  if (error.keyword === 'additionalProperties') {
    const { additionalProperty: name } = error.params as { readonly additionalProperty: string };
    return noOption(name, Object.keys(schema.properties ?? {}));
  }
  const right = nearestValue(value, schema);
  const remedy = right === undefined ? '' : ` Write ${JSON.stringify(right)}.`;
  return `is ${JSON.stringify(value)}, but takes ${expected(schema)}.${remedy}`;
}

function noOption(name: string, names: readonly string[]): string {
  return `has no option "${name}". Did you mean "${nearestName(name, names)}"?`;
}

function keysOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function schemaAt(schema: Schema, key: string): Schema {
  const { properties, additionalProperties, items } = schema;
  if (properties && Object.hasOwn(properties, key)) return properties[key] ?? {};
  return items ?? (typeof additionalProperties === 'object' ? additionalProperties : {});
}

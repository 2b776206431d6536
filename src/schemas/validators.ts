import { Ajv, type ErrorObject } from 'ajv';

import type { TargetKind } from '../facts/target-kinds.js';
import { executorSchema } from './executor-schema.js';

/** What ajv makes of a schema: it says whether a value fits, and keeps what does not. */
export type Validator = ((value: unknown) => boolean) & { errors?: readonly ErrorObject[] | null };

/** How the validators are made, here and when the package is built. */
export const AJV_OPTIONS = { allErrors: true, strict: false, validateSchema: false } as const;

const compiled = new Map<TargetKind, Validator>();

/**
 * The validator of a kind's options.
 *
 * The build (scripts/build.mjs) puts code that ajv has written in place of this file: to load ajv and compile five
 * schemas takes a tenth of a second of each nx command.
 */
export function validatorOf(kind: TargetKind): Validator {
  const validator = compiled.get(kind) ?? (new Ajv(AJV_OPTIONS).compile(executorSchema(kind)) as Validator);
  compiled.set(kind, validator);
  return validator;
}

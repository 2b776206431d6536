import { readFileSync } from 'node:fs';

import type { TargetKind } from '../facts/target-kinds.js';
import { packageFile } from '../package-root.js';

/** What a schema says of a value, as far as ours say it. */
export interface Schema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly required?: readonly string[];
  readonly pattern?: string;
  /** What a pattern asks for, in words. */
  readonly expected?: string;
}

const schemas = new Map<TargetKind, Schema & { readonly properties: Readonly<Record<string, Schema>> }>();

/** The schema of a kind's options, read once. */
export function executorSchema(kind: TargetKind): Schema & { readonly properties: Readonly<Record<string, Schema>> } {
  const read = schemas.get(kind);
  if (read) return read;
  const text = readFileSync(packageFile('src/executors', kind, 'schema.json'), 'utf8');
  const schema = JSON.parse(text) as Schema & { properties: Record<string, Schema> };
  schemas.set(kind, schema);
  return schema;
}

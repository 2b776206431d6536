import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { Ajv } from 'ajv';

const SCHEMA = join(import.meta.dirname, '../../docs/schemas/explain.json');

/** Each object of the schema without fields of other names: what is printed has to stand in the document. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const entries = Object.entries(schema).map(([key, value]) => [key, closed(value)] as const);
  return { ...Object.fromEntries(entries), ...('properties' in schema ? { additionalProperties: false } : {}) };
}

const validate = new Ajv({ strict: true, allErrors: true }).compile(
  closed(JSON.parse(readFileSync(SCHEMA, 'utf8'))) as object,
);

/** @throws Error when what `nx-gopher explain --json` printed is not as the document says, or has more fields. */
export function expectedByExplainSchema(printed: unknown): void {
  if (validate(printed)) return;
  const problems = (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  throw new Error(`docs/schemas/explain.json does not allow it:\n${problems.join('\n')}`);
}

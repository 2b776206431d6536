import { distance } from 'fastest-levenshtein';

import { nearestName } from '../nearest-name.js';
import type { Schema } from './executor-schema.js';

/** What a schema takes, in words, e.g. `a list of strings or a string`. */
export function expected(schema: Schema): string {
  if (schema.expected !== undefined) return schema.expected;
  if (schema.anyOf) return schema.anyOf.map(expected).join(' or ');
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((one) => JSON.stringify(one)).join(' or ');
  if (schema.type === 'array') return `a list of ${plural(schema.items)}`;
  if (schema.type === 'object') {
    const { properties, additionalProperties: values } = schema;
    if (properties) return `an object with ${Object.keys(properties).join(', ')}`;
    return typeof values === 'object' ? `an object of ${plural(values)}` : 'an object';
  }
  return schema.type === undefined ? 'any value' : `${/^[aeiou]/.test(schema.type) ? 'an' : 'a'} ${schema.type}`;
}

function plural(schema: Schema | undefined): string {
  if (schema?.anyOf) return schema.anyOf.map(plural).join(' or ');
  return schema?.type === 'object' ? 'objects' : `${schema?.type ?? 'value'}s`;
}

/** The right value that comes nearest to a wrong one; undefined when nothing tells what was meant. */
export function nearestValue(value: unknown, schema: Schema): unknown {
  if (schema.anyOf) return schema.anyOf.map((one) => nearestValue(value, one)).find((one) => one !== undefined);
  if (schema.enum && typeof value === 'string') return nearestName(value, schema.enum.map(String));
  if (typeof schema.const === 'string' && typeof value === 'string')
    return distance(value, schema.const) < 3 ? schema.const : undefined;
  if (schema.pattern !== undefined) return undefined;
  const [only] = Array.isArray(value) && value.length === 1 ? (value as unknown[]) : [];
  if (only !== undefined && schema.type !== 'array') return fits(only, schema) ? only : nearestValue(only, schema);
  switch (schema.type) {
    case 'boolean':
      return /^(true|yes|on|1)$/i.test(String(value))
        ? true
        : /^(false|no|off|0)$/i.test(String(value))
          ? false
          : undefined;
    case 'number':
    case 'integer':
      return typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : undefined;
    case 'string':
      return isScalar(value) ? String(value) : undefined;
    case 'array':
      return nearestList(value, schema.items ?? {});
    case 'object':
      return nearestObject(value, schema.additionalProperties);
    default:
      return undefined;
  }
}

function nearestList(value: unknown, items: Schema): unknown[] | undefined {
  const list = (Array.isArray(value) ? (value as unknown[]) : [value]).map((item) =>
    fits(item, items) ? item : nearestValue(item, items),
  );
  return list.includes(undefined) ? undefined : list;
}

/** Variables may have been written as a shell takes them. */
function nearestObject(value: unknown, values: Schema | boolean | undefined): object | undefined {
  if (typeof values !== 'object' || values.type !== 'string') return undefined;
  const assignments = (Array.isArray(value) ? (value as unknown[]) : [value]).map((one) =>
    /^(\w+)=([^]*)$/.exec(typeof one === 'string' ? one : ''),
  );
  if (assignments.every((one) => one !== null))
    return Object.fromEntries(assignments.map(([, name, of]) => [name, of]));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const entries = Object.entries(value);
  return entries.every(([, of]) => isScalar(of))
    ? Object.fromEntries(entries.map(([name, of]) => [name, String(of)]))
    : undefined;
}

function isScalar(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

function fits(value: unknown, schema: Schema): boolean {
  if (schema.anyOf) return schema.anyOf.some((one) => fits(value, one));
  if (schema.enum) return schema.enum.includes(value);
  if (schema.const !== undefined) return schema.const === value;
  return schema.type === undefined || typeof value === (schema.type === 'integer' ? 'number' : schema.type);
}

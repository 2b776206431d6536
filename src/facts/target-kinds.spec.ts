import { existsSync, readdirSync, readFileSync } from 'node:fs';

import { describe, expect, it } from '@jest/globals';

import { BUILD_CONFIGURATION_OPTIONS } from '../go/configuration/build-configuration.js';
import { packageFile } from '../package-root.js';
import { COMPILED_KINDS, TARGET_KIND_NAMES } from './target-kinds.js';

interface Entry {
  readonly implementation: string;
  readonly schema: string;
}

const json = <T>(...path: string[]): T => JSON.parse(readFileSync(packageFile(...path), 'utf8')) as T;
const { executors } = json<{ executors: Record<string, Entry> }>('executors.json');
const propertiesOf = (kind: string): Record<string, unknown> =>
  json<{ properties: Record<string, unknown> }>('src/executors', kind, 'schema.json').properties;

describe.each(TARGET_KIND_NAMES)('%s', (kind) => {
  it('has an executor in the folder of its name', () => {
    const { implementation, schema } = executors[kind] ?? {};
    expect({ implementation, schema }).toEqual({
      implementation: `./dist/executors/${kind}/executor.js`,
      schema: `./dist/executors/${kind}/schema.json`,
    });
    expect(existsSync(packageFile('src/executors', kind, 'executor.ts'))).toBe(true);
  });
});

it('no folder with a schema is forgotten in the table', () => {
  const folders = readdirSync(packageFile('src/executors'));
  const withSchema = folders.filter((name) => existsSync(packageFile('src/executors', name, 'schema.json')));
  expect(withSchema.sort()).toEqual([...TARGET_KIND_NAMES].sort());
});

it('all that runs under a build configuration takes the same options for it', () => {
  const [first, ...others] = COMPILED_KINDS.map((kind) => {
    const properties = propertiesOf(kind);
    return Object.fromEntries(BUILD_CONFIGURATION_OPTIONS.map((name) => [name, properties[name]]));
  });
  expect(Object.values(first ?? {})).not.toContain(undefined);
  for (const other of others) expect(other).toEqual(first);
});

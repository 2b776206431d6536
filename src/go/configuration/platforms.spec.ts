import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, it } from '@jest/globals';

import { KNOWN_ARCH, KNOWN_OS, NEVER_BUILT, UNIX_OS } from './platforms.js';

const go = (...args: readonly string[]): string => execFileSync('go', args, { encoding: 'utf8' }).trim();

it('knows all names that the go command knows', () => {
  const source = readFileSync(join(go('env', 'GOROOT'), 'src/internal/syslist/syslist.go'), 'utf8');
  const namesOf = (variable: string): string[] => {
    const [, body = ''] = new RegExp(`var ${variable} = [^{]*\\{([^}]*)\\}`).exec(source) ?? [];
    return [...body.matchAll(/"(\w+)"/g)].map(([, name]) => name as string).sort();
  };
  expect(namesOf('KnownOS')).toEqual([...KNOWN_OS].sort());
  expect(namesOf('UnixOS')).toEqual([...UNIX_OS].sort());
  expect(namesOf('KnownArch')).toEqual([...KNOWN_ARCH].sort());
});

it('leaves out only names that go builds nothing for', () => {
  const built = new Set(go('tool', 'dist', 'list').split(/\s+|\//));
  expect(built.size).toBeGreaterThan(20);
  expect(NEVER_BUILT.filter((name) => built.has(name))).toEqual([]);
  expect([...KNOWN_OS, ...KNOWN_ARCH].filter((name) => !built.has(name)).sort()).toEqual([...NEVER_BUILT].sort());
});

import { expect, it } from '@jest/globals';

import { hashOf, HashTrace, shortId } from './hash-trace.js';

const PIECES = ['go1.26.8', 'compile\n', 'import "a.org/x"\n', 'file x.go AbC\n', 'import fmt D_e\n'];
const SUM = hashOf(PIECES).toString('hex');
const STANDARD = ['omitdebug false standard true local false\n'];
const quoted = (piece: string): string => `"${piece.replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;

function traced(name: string, pieces: readonly string[], sum: string): string[] {
  const lines = pieces.map((piece) => `HASH[${name}]: ${quoted(piece)}`);
  const file = lines.findIndex((line) => line.includes('"file x.go'));
  if (file >= 0) lines.splice(file, 0, `HASH /w/x/x.go: ${'0'.repeat(64)}`);
  return [`HASH[${name}]`, ...lines, `HASH[${name}]: ${sum}`];
}

function actions(lines: readonly string[]) {
  const trace = new HashTrace();
  for (const line of lines) trace.add(line);
  return trace.actions;
}

it('reads what an action is made of, and where its files are, past other hashes', () => {
  const [first = '', ...rest] = traced('build a.org/x', PIECES, SUM);
  const lines = [first, 'HASH[moduleIndex]', 'HASH[moduleIndex]: "modroot /w\\n"', ...rest, 'HASH subkey 00 "x" = 11'];
  expect([...actions(lines)]).toEqual([
    ['build a.org/x', { pieces: PIECES, sum: SUM, paths: new Map([['x.go', '/w/x/x.go']]) }],
  ]);
});

it.each([
  ['whose hash comes out otherwise', traced('build a.org/x', PIECES, '0'.repeat(64))],
  ['of the standard library', traced('build x', STANDARD, hashOf(STANDARD).toString('hex'))],
  [
    'that two of one name were hashed for',
    [...traced('link x', PIECES, SUM), ...traced('link x', ['go1'], hashOf(['go1']).toString('hex'))],
  ],
])('leaves out an action %s', (_, lines) => {
  expect([...actions(lines)]).toEqual([]);
});

it('shortens a hash as build ids do', () => {
  expect(shortId(Buffer.from('00108310518720928b30d38f41149351', 'hex'))).toBe('ABCDEFGHIJKLMNOPQRST');
});

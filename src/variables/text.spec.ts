import { describe, expect, it } from '@jest/globals';
import { execa } from 'execa';

import { filled, parseVariables, variablesIn } from './text.js';

const ENV: Readonly<Record<string, string>> = { VERSION: '1.2', EMPTY: '', a_1: 'x' };
const fill = (text: string): string => filled(parseVariables(text), (name) => ENV[name]);

describe('a text', () => {
  const TEXTS: readonly (readonly [text: string, filled: string])[] = [
    ['', ''],
    ['-X main.version=$VERSION', '-X main.version=1.2'],
    ['${VERSION}x$VERSION.$a_1', '1.2x1.2.x'],
    ['[$EMPTY][${EMPTY:-dev}]', '[][dev]'],
    ['${UNSET:-dev} ${UNSET:-} ${UNSET:-v${VERSION}-$a_1}', 'dev  v1.2-x'],
    ['\\$VERSION \\${VERSION} \\`', '$VERSION ${VERSION} `'],
  ];

  it.each(TEXTS)('%j', (text, expected) => expect(fill(text)).toBe(expected));

  it.each(TEXTS)('is what a shell makes of it: %j', async (text, expected) => {
    const { stdout } = await execa('sh', ['-c', `printf %s "${text}"`], { env: { ...ENV } });
    expect(stdout).toBe(expected);
  });

  it.each(['^Test$', '$', 'a$ b', '$1', '{VERSION}', '100%$.', "$'x'"])('holds no variable: %j', (text) => {
    expect(fill(text)).toBe(text);
    expect(variablesIn(parseVariables(text))).toEqual([]);
  });
});

it('names the variables, those of defaults too', () => {
  expect(variablesIn(parseVariables('$A ${B:-${C:-$D}} \\$E'))).toEqual(['A', 'B', 'C', 'D']);
});

it.each([
  ['v$(git describe)', 'holds $(git describe), but no shell runs it'],
  [
    'v$(git describe)',
    'VERSION=$(git describe) nx build …, and $VERSION in the option. For a literal $ write \\\\$ in JSON',
  ],
  ['${A:-$(date)}', 'holds $(date), but no shell runs it'],
  ['`date`', 'holds `date`, but no shell runs it'],
  ['`date`', 'For a literal ` write \\\\` in JSON'],
  ['${VERSION', 'holds ${VERSION, which is no variable'],
  ['${VERSION%.*}x', 'holds ${VERSION%.*}, which is no variable'],
  ['${}', 'holds ${}, which is no variable'],
  ['${A-b}', 'holds ${A-b}, which is no variable'],
  ['${A:+b}', 'holds ${A:+b}, which is no variable: $NAME, ${NAME} and ${NAME:-default} are'],
])('refuses %j', (text, message) => expect(() => parseVariables(text)).toThrow(message));

it('refuses a variable that is not set', () => expect(() => fill('${a_1}$UNSET')).toThrow('$UNSET is not set'));

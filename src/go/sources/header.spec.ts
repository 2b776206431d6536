import { expect, it } from '@jest/globals';

import { goHeader } from './header.js';

const source = `//go:build linux

// Package a has a func and a type in its comment.
package a

/* func inside a comment */
import (
	"embed"
	x "example.com/x" // type
)

//go:embed static
var files embed.FS

func f() { x.Do() }
`;

it('ends before the first declaration that is not an import, and keeps embed lines', () => {
  const header = goHeader(source);
  expect(header).toContain('example.com/x');
  expect(header).toContain('//go:embed static');
  expect(header).not.toContain('x.Do');
});

it('is the same after an edit of a body', () => {
  expect(goHeader(source.replace('x.Do()', 'x.Do(1)'))).toBe(goHeader(source));
});

it.each([
  ['an import', '"embed"', '"embed"\n\t"fmt"'],
  ['a constraint', 'linux', 'windows'],
  ['an embed pattern', '//go:embed static', '//go:embed other'],
])('differs after an edit of %s', (_what, before, after) => {
  expect(goHeader(source.replace(before, after))).not.toBe(goHeader(source));
});

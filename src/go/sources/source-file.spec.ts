import { describe, expect, it } from '@jest/globals';

import { parseSourceFile } from './source-file.js';

describe('imports', () => {
  it.each([
    ['package a\n', []],
    ['package a; import "x"; import y "z"', ['x', 'z']],
    ['package a\nimport (\n\t"x"\n\t. "y"\n\t_ "z"; b "w"\n)\nimport `raw`\n', ['x', 'y', 'z', 'w', 'raw']],
    ['package a\nimport ()\nimport("x")', ['x']],
    ['\uFEFFpackage a\nimport "x"', ['x']],
    ['/* import "no" */ package a // import "no"\n/* a\nb */ import /* c */ "x" // d\n', ['x']],
    ['package a\nimport "x"\nvar s = `\nimport "no"\n`', ['x']],
    ['package a\nimport "\\x61/b"', ['a/b']],
  ])('%j', (text, imports) => {
    const file = parseSourceFile(text);
    expect(file.imports).toEqual(imports);
    expect(file.packageName).toMatch(/^a$/);
    expect(file.error).toBeUndefined();
  });
});

describe('what cannot be parsed', () => {
  it.each([
    ['', 1, "expected 'package', found 'EOF'"],
    ['// c\n\nfunc main() {}', 3, "expected 'package', found 'func'"],
    ['package _', 1, 'invalid package name _'],
    ['package a\nimport "x', 2, 'string literal not terminated'],
    ['package a\nimport (\n\t"x" "y"\n)', 3, "expected ';' in import declaration, found '\"y\"'"],
    ['package a\n\nimport x', 3, 'missing import path; require quoted string'],
    ['package a\nimport "a b"', 2, 'invalid import path: a b'],
    ['package a\nimport (\n"x"\n', 4, 'missing import path; require quoted string'],
    ['package a import "x"', 1, "expected ';' after package clause, found 'import'"],
  ])('%j', (text, line, message) => {
    const file = parseSourceFile(text);
    expect(file.error).toEqual({ line, message });
    expect(file.imports).toEqual([]);
  });
});

describe('constraints', () => {
  it.each([
    ['//go:build linux && !cgo\n\npackage a', 'linux && !cgo'],
    ['// Copyright\n\n//go:build linux\npackage a', 'linux'],
    ['/* Copyright */\n//go:build linux\n\npackage a', 'linux'],
    ['  //go:build\tlinux\r\n\r\npackage a', 'linux'],
    ['//go:build linux\n// +build windows\n\npackage a', 'linux'],
    ['// +build linux,!cgo darwin\n//+build amd64\n\npackage a', '(linux && !cgo || darwin) && (amd64)'],
    ['// +build linux\n// text\n\n// +build late\npackage a', '(linux)'],
    ['// +build !!x a-b\n\npackage a', '(ignore || ignore)'],
  ])('%j', (text, constraint) => expect(parseSourceFile(text).constraint).toBe(constraint));

  it.each([
    ['package a\n//go:build linux\n'],
    ['/*\n//go:build linux\n*/\n\npackage a'],
    ['//go:buildx linux\n\npackage a'],
    ['// go:build linux\n\npackage a'],
    ['// +build linux\npackage a'],
    ['/* c */\n// +build linux\n\npackage a'],
  ])('%j has none', (text) => expect(parseSourceFile(text).constraint).toBeUndefined());

  it.each([
    ['//go:build a\n//go:build b\n\npackage a', 2, 'multiple //go:build comments'],
    ['\n//go:build a ||\n\npackage a', 2, 'parsing //go:build line: unexpected end of expression'],
    ['//go:build\n\npackage a', 1, 'parsing //go:build line: unexpected end of expression'],
  ])('%j is refused', (text, line, message) =>
    expect(parseSourceFile(text).constraintError).toEqual({ line, message }),
  );
});

describe('embed patterns', () => {
  const embeds = (lines: string): readonly string[] =>
    parseSourceFile(`package a\nimport _ "embed"\n${lines}\n`).embedPatterns;

  it.each([
    ['//go:embed a.txt b/*.txt', ['a.txt', 'b/*.txt']],
    ['\t//go:embed "a b" `c d`\tall:e\r', ['a b', 'c d', 'all:e']],
    ['//go:embed "\\u0061"', ['a']],
    ['//go:embed "a', []],
    ['//go:embed "a"b', []],
    ['//go:embedded a', []],
    ['// //go:embed a', []],
    ['var s = "//go:embed a" + `\n//go:embed b\n`', []],
    [`var r = '"'\n//go:embed a\nvar q = '\\''\n//go:embed b`, ['a', 'b']],
  ])('%j', (lines, patterns) => expect(embeds(lines)).toEqual(patterns));

  it('count only where "embed" is imported', () => {
    expect(parseSourceFile('package a\n//go:embed a\nvar s string').embedPatterns).toEqual([]);
  });
});

describe('cgo', () => {
  it('reads the #cgo lines of the comment before import "C"', () => {
    const file = parseSourceFile(
      'package a\n\n// #cgo CFLAGS: -Iold\n\n/*\n#cgo linux LDFLAGS: -lm\n#include <a.h>\n*/\n// #cgo CFLAGS: -Ia\nimport "C"\n',
    );
    expect(file.usesCgo).toBe(true);
    expect(file.cgoLines).toEqual(['linux LDFLAGS: -lm', 'CFLAGS: -Ia']);
  });

  it('does not take import "c" for it', () => {
    expect(parseSourceFile('package a\nimport "c"').usesCgo).toBe(false);
  });
});

import type { Files } from '../workspace/files.js';
import { goTest } from './layout.js';

/** lib/fastsum: assembly with a header for amd64, Go elsewhere. */
export const ASSEMBLY: Files = {
  'lib/fastsum/sum_amd64.go':
    '//go:build !noasm\n\npackage fastsum\n\n// Sum adds two numbers.\nfunc Sum(a, b int64) int64\n',
  'lib/fastsum/sum_amd64.s': `//go:build !noasm

#include "textflag.h"
#include "sum.h"

// func Sum(a, b int64) int64
TEXT ·Sum(SB), NOSPLIT, $0-24
	MOVQ a+0(FP), AX
	ADDQ b+8(FP), AX
	ADDQ $EXTRA, AX
	MOVQ AX, ret+16(FP)
	RET
`,
  'lib/fastsum/sum.h': '#define EXTRA 0\n',
  'lib/fastsum/sum_generic.go':
    '//go:build !amd64 || noasm\n\npackage fastsum\n\n// Sum adds two numbers.\nfunc Sum(a, b int64) int64 { return a + b }\n',
};

/** lib/native: Go that calls C. */
export const CGO: Files = {
  'lib/native/native.go':
    'package native\n\n// #include "native.h"\nimport "C"\n\n// Twice doubles in C.\nfunc Twice(n int) int { return int(C.twice(C.int(n))) }\n',
  'lib/native/native.c': '#include "native.h"\n\nint twice(int n) { return FACTOR * n; }\n',
  'lib/native/native.h': '#define FACTOR 2\n\nint twice(int n);\n',
  'lib/native/native_test.go': goTest('native', [], 'Twice(2) == 4'),
};

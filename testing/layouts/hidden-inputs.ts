import { goMod, mainPrinting, type Layout } from './layout.js';

/**
 * What `go build` reads although it does not lie in git next to the package that needs it:
 *
 *     cmd/generated  lib/stubs, whose stubs_gen.go git ignores
 *     cmd/front      lib/front, which embeds front/dist, the git-ignored output of a web build
 *     cmd/headers    lib/headers, whose C code includes a header from the directory include
 *     cmd/linked     lib/linked, where a symbolic link leads to a source file elsewhere
 *     cmd/plain      none of these
 */
export const HIDDEN_INPUTS: Layout = {
  name: 'hidden-inputs',
  mains: ['cmd/generated', 'cmd/front', 'cmd/headers', 'cmd/linked', 'cmd/plain'],
  tests: [],
  cgo: ['cmd/headers'],
  links: { 'lib/linked/linked.go': '../../shared/linked.go.txt' },
  files: {
    '.gitignore': 'node_modules\n/dist\n.nx\n*_gen.go\nlib/front/dist\n',
    'go.mod': goMod('example.org/hidden', '1.24.0'),
    'cmd/generated/main.go': mainPrinting(['example.org/hidden/lib/stubs'], 'stubs.Name'),
    'cmd/front/main.go': mainPrinting(['example.org/hidden/lib/front'], 'front.Page'),
    'cmd/headers/main.go': mainPrinting(
      ['example.org/hidden/lib/headers', 'strconv'],
      'strconv.Itoa(headers.Answer())',
    ),
    'cmd/linked/main.go': mainPrinting(['example.org/hidden/lib/linked'], 'linked.Name'),
    'cmd/plain/main.go': mainPrinting([], '"plain"'),
    'lib/stubs/stubs.go': 'package stubs\n',
    'lib/stubs/stubs_gen.go': 'package stubs\n\n// Name was generated.\nconst Name = "generated"\n',
    'lib/front/front.go':
      'package front\n\nimport _ "embed"\n\n// Page is the web build\'s.\n//\n//go:embed dist/page.txt\nvar Page string\n',
    'lib/front/dist/page.txt': 'built page\n',
    'lib/headers/headers.go':
      'package headers\n\n// #cgo CFLAGS: -I${SRCDIR}/../../include\n// #include <answer.h>\nimport "C"\n\n// Answer is the header\'s.\nfunc Answer() int { return int(C.ANSWER) }\n',
    'include/answer.h': '#define ANSWER 42\n',
    'shared/linked.go.txt': 'package linked\n\n// Name is written elsewhere.\nconst Name = "linked"\n',
  },
};

import { goMod, type Layout } from './layout.js';

/**
 * Packages whose tests read files and variables that nobody can infer:
 *
 *     lib/price  a fixture at the root, one that git ignores, one that is not there, a directory's names, CURRENCY
 *     lib/plain  what lies next to it, what it writes itself, and what is the same everywhere
 */
export const FAR_READS: Layout = {
  name: 'far-reads',
  mains: [],
  tests: ['lib/price', 'lib/plain'],
  files: {
    '.gitignore': 'node_modules\n/dist\n.nx\n/fixtures/made.json\n',
    'go.mod': goMod('example.org/far', '1.24.0'),
    'fixtures/x.json': '{ "price": 3 }\n',
    'fixtures/made.json': '{ "made": true }\n',
    'templates/a.txt': 'a\n',
    'lib/price/price.go': 'package price\n',
    'lib/price/price_test.go': `package price

import (
	"os"
	"testing"
)

func TestFixtures(t *testing.T) {
	for _, name := range []string{"x.json", "made.json"} {
		if _, err := os.ReadFile("../../fixtures/" + name); err != nil {
			t.Fatal(err)
		}
	}
	os.Stat("../../fixtures/none.json")
	os.ReadDir("../../templates")
	os.Getenv("CURRENCY")
}
`,
    'lib/plain/testdata/in.txt': 'in\n',
    'lib/plain/plain_test.go': `package plain

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

func TestPlain(t *testing.T) {
	os.ReadFile("testdata/in.txt")
	os.ReadDir(".")
	os.WriteFile(filepath.Join(t.TempDir(), "out.txt"), nil, 0o644)
	os.WriteFile("../written.tmp", nil, 0o644)
	os.Remove("../written.tmp")
	os.Getenv("GOFLAGS")
	exec.LookPath("sh")
	os.UserHomeDir()
}
`,
  },
};

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { mainPrinting } from '../../testing/layouts/layout.js';
import type { Files } from '../../testing/workspace/files.js';

/** Names a folder in which what runs tells that it does; without it the slow test ends at once. */
export const ASIDE = 'ASIDE';

/**
 * What there is beside the single module: a front end, and a test. Each ends when it has seen the other run, and the
 * test only when a package is there that it does not belong to.
 */
export const SIDE_BY_SIDE: Files = {
  'slow/slow.go': 'package slow\n\n// Name is a name.\nfunc Name() string { return "slow" }\n',
  'slow/slow_test.go': `package slow

import (
	"os"
	"testing"
	"time"
)

func TestSlow(t *testing.T) {
	aside := os.Getenv("${ASIDE}")
	if aside == "" {
		return
	}
	if err := os.WriteFile(aside+"/tests-run", nil, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{aside + "/page-runs", "../dist/tools/sums/sums.tar.gz"} {
		for end := time.Now().Add(time.Minute); ; time.Sleep(50 * time.Millisecond) {
			if _, err := os.Stat(path); err == nil {
				break
			}
			if time.Now().After(end) {
				t.Fatal(path, "was not made while the test ran")
			}
		}
	}
	time.Sleep(200 * time.Millisecond)
}
`,
  'tools/late/main.go': mainPrinting(['example.org/shop/slow'], 'slow.Name()'),
  'page/project.json': JSON.stringify({ name: 'page', targets: { wait: { command: 'node page/wait.mjs' } } }),
  'page/wait.mjs': `import { existsSync, writeFileSync } from 'node:fs';

const aside = process.env['${ASIDE}'];
writeFileSync(aside + '/page-runs', '');
for (const end = Date.now() + 60_000; !existsSync(aside + '/tests-run'); ) {
  if (Date.now() > end) throw new Error('no test ran meanwhile');
  await new Promise((resolve) => setTimeout(resolve, 50));
}
await new Promise((resolve) => setTimeout(resolve, 500));
`,
};

/**
 * Writes a go command that notes what it is called with, and whose builds begin when the slow test runs: the real one,
 * later.
 *
 * @returns what reads its notes: of each call the arguments.
 */
export function goThatWaits(folder: string, realGo: string): () => string[] {
  const script = `#!/bin/sh
echo "$*" >>'${folder}/calls'
tries=0
while [ "$1" = build ] && [ ! -e '${folder}/tests-run' ] && [ $tries -lt 600 ]; do
  sleep 0.1
  tries=$((tries + 1))
done
exec '${realGo}' "$@"
`;
  writeFileSync(join(folder, 'go'), script, { mode: 0o755 });
  return () => readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n');
}

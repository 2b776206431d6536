import { webProject } from './javascript.js';
import { goMod, goTest, mainPrinting, type Layout } from './layout.js';

/** A project.json whose targets wait for the front end's build. */
function afterFrontEnd(...targets: string[]): string {
  const dependsOn = [{ projects: ['web'], target: 'build' }];
  return `${JSON.stringify({ targets: Object.fromEntries(targets.map((target) => [target, { dependsOn }])) }, null, 2)}\n`;
}

/**
 * A server that embeds a front end. The JavaScript project web builds the front end into server/static/dist, which
 * git ignores:
 *
 *     server   server/static (embeds dist), lib/greeting
 *     admin    lib/greeting
 */
export const FRONT_END: Layout = {
  name: 'front-end',
  mains: ['server', 'admin'],
  tests: ['lib/greeting', 'server'],
  generate: ['node', 'web/build.mjs'],
  files: {
    '.gitignore': 'node_modules\n/dist\n.nx\n/server/static/dist\n',
    'go.mod': goMod('example.org/site', '1.24.0'),
    'server/project.json': afterFrontEnd('build', 'test'),
    'server/static/project.json': afterFrontEnd('test'),
    'server/main.go': mainPrinting(
      ['example.org/site/lib/greeting', 'example.org/site/server/static'],
      'greeting.Of("server") + static.Page()',
    ),
    'server/main_test.go': goTest('main', ['example.org/site/server/static'], 'static.Page() != ""'),
    'server/static/static.go': `package static

import "embed"

//go:embed dist
var files embed.FS

// Page is the front end's.
func Page() string {
	page, err := files.ReadFile("dist/index.html")
	if err != nil {
		panic(err)
	}
	return string(page)
}
`,
    'server/static/dist/index.html': '<h1>hello</h1>\n<script>console.log("hello");\n</script>\n',
    'admin/main.go': mainPrinting(['example.org/site/lib/greeting'], 'greeting.Of("admin")'),
    'lib/greeting/greeting.go':
      'package greeting\n\n// Of greets.\nfunc Of(name string) string { return "hello " + name }\n',
    'lib/greeting/greeting_test.go': goTest('greeting', [], 'Of("you") == "hello you"'),
    'web/project.json': webProject('server/static/dist'),
    'web/build.mjs': `import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

const out = 'server/static/dist';
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const [page, script] = ['web/src/index.html', 'web/src/main.js'].map((file) => readFileSync(file, 'utf8'));
writeFileSync(\`\${out}/index.html\`, \`\${page}<script>\${script}</script>\\n\`);
`,
    'web/src/index.html': '<h1>hello</h1>\n',
    'web/src/main.js': 'console.log("hello");\n',
  },
};

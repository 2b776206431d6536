import type { Tree } from '@nx/devkit';

const FILE = 'AGENTS.md';
const [BEGIN, END] = ['<!-- nx-gopher: begin -->', '<!-- nx-gopher: end -->'];

const SECTION = `## Go

Nx builds and tests the Go code; the plugin nx-gopher infers a project for each package.

- \`npx nx show projects\`, \`npx nx show project <name>\`: what there is, and which targets it has.
- \`npx nx run <project>:build\`, \`npx nx run <project>:test\`: one project. \`npx nx affected -t build test vet\`: all that a change reaches.
- \`npx nx-gopher explain <project>:<target>\`: why a task would run again. \`npx nx-gopher explain <file>\`: which builds and tests hold a file.
- A task that was run before with the same inputs comes from the cache. Do not clear it, and do not run \`go build\` or \`go test\` in place of Nx.
- Projects need no configuration: a new directory with a package is one. \`npx nx generate nx-gopher:handler\`, \`:library\` and \`:module\` make them.`;

/**
 * Tells agents how Go is built here, in a section of AGENTS.md with a mark at its beginning and end: a later run writes
 * it anew, and leaves all else alone.
 */
export function addAgentsSection(tree: Tree): void {
  const text = tree.read(FILE, 'utf-8') ?? '';
  const section = `${BEGIN}\n\n${SECTION}\n\n${END}`;
  const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (begin >= 0 && end > begin) {
    tree.write(FILE, text.slice(0, begin) + section + text.slice(end + END.length));
    return;
  }
  const before = text.trimEnd();
  tree.write(FILE, `${before}${before ? '\n\n' : ''}${section}\n`);
}

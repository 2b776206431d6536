import { posix } from 'node:path';

import { isIn } from '../convert/main-packages.js';
import {
  listOption,
  shellCommand,
  type CommandOptions,
  type Options,
  type Peer,
  type PeerKind,
} from '../convert/peer.js';

/** What its plugin gives to each of its projects as the named input `goSource`. */
export const GO_SOURCE = [
  '{projectRoot}/go.mod',
  '{projectRoot}/go.sum',
  '{projectRoot}/**/*.go',
  '{workspaceRoot}/go.work',
  '{workspaceRoot}/go.work.sum',
];

/** `@naxodev/gonx` 2 to 4. It runs programs without a shell, in the directory of `main` or the project's. */
export const GONX: Peer = {
  packageName: '@naxodev/gonx',
  targetNames: {
    build: { option: 'buildTargetName', name: 'build' },
    test: { option: 'testTargetName', name: 'test' },
    lint: { option: 'lintTargetName', name: 'lint' },
    tidy: { option: 'tidyTargetName', name: 'tidy' },
    serve: { option: 'runTargetName', name: 'serve' },
    generate: { option: 'generateTargetName', name: 'generate' },
    'release-publish': { option: 'releasePublishTargetName', name: 'nx-release-publish' },
  },
  lostOptions: {
    serveTargetName: 'it had no effect: the option was runTargetName',
    skipGoDependencyCheck: 'edges are always found',
    tagName: 'inferred projects have no tags: write them into project.json',
  },
  sourceInputs: [
    'goSource',
    '^goSource',
    // Before 4.1 the inputs named these; the braces are a slip of the plugin.
    '{projectRoot}/**/*.{go}',
    ...GO_SOURCE,
  ],
  namedInputs: { goSource: GO_SOURCE },
  usesShell: false,
  infersRoot: true,
  infersTargets: true,
  findsRevive: false,
  buildsIn: 'project',
  defaultMain: './...',

  projectName: (dir) => dir,

  isApplication(tree, dir) {
    const text = tree.read(posix.join(dir, 'main.go'), 'utf-8');
    if (text === null) return tree.exists(posix.join(dir, 'cmd'));
    return text.includes('package main') && text.includes('func main(');
  },

  dependsOn: { build: ['generate'], test: ['generate', '^build'], generate: ['^generate'] },

  newestOptions: (_kind, options) => options,

  outputPath({ outputPath }, projectRoot, binary) {
    const path = String(outputPath ?? `dist/${projectRoot}/`).replace('{projectRoot}', projectRoot);
    return posix.normalize(path.endsWith('/') ? `${path}${binary}` : path);
  },

  program({ main, env }, { root, module }) {
    // Without a name it ran what `./...` holds: go takes no more than one program.
    const below = module?.mains.map((dir) => posix.join(module.dir, dir)).filter((dir) => isIn(root, dir)) ?? [];
    const isOwn = main === undefined ? below.length === 1 : posix.dirname(String(main)) === '.';
    return isOwn ? { cwd: root, ...(env ? { env } : {}) } : undefined;
  },

  command(kind, options) {
    const words = commandWords(kind, options);
    if (!words) return undefined;
    const { main, env } = options;
    const cwd = main === undefined ? '{projectRoot}' : posix.join('{projectRoot}', posix.dirname(String(main)));
    return { command: shellCommand(words), cwd, ...(env ? { env } : {}) } satisfies CommandOptions;
  },
};

function commandWords(kind: PeerKind, options: Options): string[] | undefined {
  const { cmd, main, args, flags, linter } = options;
  switch (kind) {
    case 'serve':
      return [String(cmd ?? 'go'), 'run', main === undefined ? './...' : '.', ...listOption(args)];
    case 'generate':
      return ['go', 'generate', ...listOption(flags), './...'];
    case 'lint':
      if (linter === undefined || linter === 'go fmt') return undefined;
      return [...String(linter).split(/\s+/), ...listOption(args), './...'];
    default:
      return undefined;
  }
}

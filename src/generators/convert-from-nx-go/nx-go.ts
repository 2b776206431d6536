import { posix } from 'node:path';

import { listOption, type CommandOptions, type Options, type Peer, type PeerKind } from '../convert/peer.js';

/** `@nx-go/nx-go` 3 and 4. Its executors run in the project's directory. */
export const NX_GO: Peer = {
  packageName: '@nx-go/nx-go',
  targetNames: {
    build: { option: 'buildTargetName', name: 'build' },
    test: { option: 'testTargetName', name: 'test' },
    lint: { option: 'lintTargetName', name: 'lint' },
    tidy: { option: 'tidyTargetName', name: 'tidy' },
    serve: { option: 'serveTargetName', name: 'serve' },
    'serve-air': { option: 'serveAirTargetName', name: 'serve:air' },
    generate: { option: 'generateTargetName', name: 'generate' },
  },
  lostOptions: {
    skipGoDependencyCheck: 'not needed: without Go, edges are found by reading the sources',
    modulePrefix: 'only its generators read it',
  },
  sourceInputs: [
    'golang',
    '{projectRoot}/go.mod',
    '{projectRoot}/go.sum',
    '{projectRoot}/**/*.go',
    '{workspaceRoot}/go.mod',
    '{workspaceRoot}/go.sum',
    '{workspaceRoot}/go.work',
    '{workspaceRoot}/go.work.sum',
  ],
  namedInputs: ['golang'],
  usesShell: true,
  infersRoot: false,

  projectName: (dir) => posix.basename(dir),

  isApplication(dir, mains) {
    const name = posix.basename(dir);
    return mains.some((main) => main === '.' || main === `cmd/${name}`);
  },

  mainDirectory({ main }) {
    const path = posix.normalize(String(main ?? '.').replace('{projectRoot}/', ''));
    return path.endsWith('.go') ? posix.dirname(path) : path;
  },

  outputPath({ outputPath }, projectRoot) {
    if (outputPath === undefined) return posix.join('dist', projectRoot);
    return posix.normalize(posix.join(projectRoot, String(outputPath)));
  },

  command(kind, options) {
    const cwd = options['cwd'] === undefined ? '{projectRoot}' : String(options['cwd']);
    const words = commandWords(kind, options);
    return words && ({ command: words.join(' '), cwd } satisfies CommandOptions);
  },
};

/** The words that its executors join with blanks for the shell. */
function commandWords(kind: PeerKind, options: Options): string[] | undefined {
  const { cmd, main, flags, args, config, linter } = options;
  switch (kind) {
    case 'serve':
      return [String(cmd ?? 'go'), 'run', ...listOption(flags), String(main ?? '.'), ...listOption(args)];
    case 'serve-air':
      return [String(cmd ?? 'air'), '-c', String(config ?? '.air.toml'), ...listOption(args)];
    case 'generate':
      return ['go', 'generate', ...listOption(args)];
    case 'lint':
      return linter === undefined ? undefined : [String(linter), ...listOption(args), './...'];
    default:
      return undefined;
  }
}

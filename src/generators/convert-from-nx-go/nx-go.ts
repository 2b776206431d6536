import { posix } from 'node:path';

import { lt, major } from 'semver';

import { listOption, type CommandOptions, type Options, type Peer, type PeerKind } from '../convert/peer.js';
import { withTokens } from '../convert/tokens.js';

/**
 * `@nx-go/nx-go` 2 to 4. From 3.3.2 on it infers targets, and its builds run in the project's directory; before, they
 * ran where nx was started, which is taken to be the workspace root.
 *
 * @param version the installed one; the newest when it is unknown.
 */
export function nxGo(version: string | undefined): Peer {
  const isOld = version !== undefined && lt(version, '3.3.2');
  return {
    ...NX_GO,
    infersTargets: !isOld,
    findsRevive: version === undefined || major(version) >= 4,
    ...(isOld ? { buildsIn: 'workspace', projectName: (dir) => posix.basename(dir).toLowerCase() } : {}),
    ...(version !== undefined && lt(version, '3.0.0-0') ? { newestOptions: optionsOfVersion2 } : {}),
  };
}

/** Version 2 tested with -v, -cover and -race unless it was told otherwise; `args` were `arguments`. */
function optionsOfVersion2(kind: PeerKind, { skipCover, skipRace, ...options }: Options): Options {
  if (kind === 'test') return { verbose: true, cover: !skipCover, race: !skipRace, ...options };
  const { arguments: args, ...others } = options;
  return kind === 'serve' && args !== undefined ? { ...others, args } : options;
}

const NX_GO: Peer = {
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
  namedInputs: { golang: undefined },
  usesShell: true,
  infersRoot: false,
  infersTargets: true,
  findsRevive: true,
  buildsIn: 'project',
  defaultMain: '.',

  projectName: (dir) => posix.basename(dir),

  isApplication(tree, dir) {
    const name = posix.basename(dir);
    const files = ['main.go', 'cmd.go', 'app.go', 'server.go', `${name}.go`, `cmd/${name}/main.go`];
    return files.some((file) => /^[ \t]*package[ \t]+main\b/m.test(tree.read(posix.join(dir, file), 'utf-8') ?? ''));
  },

  dependsOn: {},

  newestOptions: (_kind, options) => options,

  outputPath({ outputPath }, projectRoot, binary) {
    if (outputPath === undefined) return posix.join('dist', projectRoot);
    const path = withTokens(String(outputPath), projectRoot);
    const fromRoot = posix.join(this.buildsIn === 'project' ? projectRoot : '.', path);
    return fromRoot.endsWith('/') ? `${fromRoot}${binary}` : fromRoot;
  },

  program(options, { root }) {
    const { cwd, path } = place(options, root);
    const dir = withTokens(cwd, root);
    const named = posix.join(dir, path.endsWith('.go') ? posix.dirname(path) : path).replace(/(.)\/$/, '$1');
    return named === root ? { cwd: dir } : undefined;
  },

  command(kind, options, projectRoot) {
    const { cwd, path } = place(options, projectRoot);
    const words = commandWords(kind, { ...options, main: path });
    return words && ({ command: words.join(' '), cwd } satisfies CommandOptions);
  },
};

/** Where its executors run, and what they run, seen from there. */
function place(options: Options, projectRoot: string): { readonly cwd: string; readonly path: string } {
  const { main, cwd: given } = options;
  const cwd = given === undefined ? '{projectRoot}' : String(given);
  // Before 3.3.2 it took the project's directory off `main`; later versions cannot run what begins with it.
  const start = `${withTokens(cwd, projectRoot)}/`;
  const path = main === undefined ? '.' : withTokens(String(main), projectRoot);
  return { cwd, path: path.startsWith(start) ? path.slice(start.length) : path };
}

/** The words that its executors join with blanks for the shell. */
function commandWords(kind: PeerKind, options: Options): string[] | undefined {
  const { cmd, main, flags, args, config, linter } = options;
  switch (kind) {
    case 'serve':
      return [String(cmd ?? 'go'), 'run', ...listOption(flags), String(main), ...listOption(args)];
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

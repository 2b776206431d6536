import { parseJson, serializeJson, type Tree } from '@nx/devkit';

import { keepingComments } from '../jsonc/keeping-comments.js';

const LAUNCH = '.vscode/launch.json';
const SETTINGS = '.vscode/settings.json';

/** Attaches to what `serve --debug` runs, at the port that it listens on unless an option says otherwise. */
const ATTACH = {
  name: 'Attach to nx serve --debug',
  type: 'go',
  request: 'attach',
  mode: 'remote',
  host: '127.0.0.1',
  port: 2345,
};
/** Nothing there is Go code of the workspace: gopls need not look. */
const FILTERS = ['-**/node_modules', '-dist', '-.nx'];

interface Launch {
  readonly version?: string;
  readonly configurations?: readonly { readonly name?: string }[];
}

/**
 * Lets VS Code attach to served programs, and tells gopls where no Go code is. What stands in these files stays: a
 * configuration of that name, and settings that are there already.
 */
export function addEditorSettings(tree: Tree): void {
  change<Launch>(tree, LAUNCH, ({ version = '0.2.0', configurations = [], ...others }) => {
    const isThere = configurations.some(({ name }) => name === ATTACH.name);
    return { version, ...others, configurations: isThere ? configurations : [...configurations, ATTACH] };
  });
  change<Readonly<Record<string, unknown>>>(tree, SETTINGS, (settings) => {
    const gopls = Object(settings['gopls'] ?? {}) as Readonly<Record<string, unknown>>;
    const lint = tree.children('.').some((name) => /^\.golangci\./.test(name));
    return {
      ...(lint ? { 'go.lintTool': 'golangci-lint-v2' } : {}),
      ...settings,
      gopls: { 'build.directoryFilters': FILTERS, ...gopls },
    };
  });
}

/** @throws Error for a file that is no JSON, with or without comments: it names the file. */
function change<Content extends object>(tree: Tree, path: string, edit: (content: Content) => Content): void {
  const text = tree.read(path, 'utf-8');
  let content: Content;
  try {
    content = text ? parseJson<Content>(text, { expectComments: true, allowTrailingComma: true }) : ({} as Content);
  } catch (error) {
    throw new Error(`${path} cannot be read, and stays as it is: ${(error as Error).message}`, { cause: error });
  }
  const edited = edit(content);
  if (JSON.stringify(edited) === JSON.stringify(content)) return;
  keepingComments(tree, path, () => tree.write(path, `${serializeJson(edited)}\n`));
}

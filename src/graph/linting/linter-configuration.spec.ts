import { afterEach, expect, it } from '@jest/globals';

import { GoWorkspace } from '../../../testing/executors/go-workspace.js';
import { Manifests } from '../../workspace/modules/manifests.js';
import { LinterConfigurations } from './linter-configuration.js';

let workspace: GoWorkspace;
afterEach(() => workspace.remove());

function configurations(files: Readonly<Record<string, string>>): LinterConfigurations {
  workspace = new GoWorkspace(files);
  const { root } = workspace;
  const linterFiles = Object.keys(files).filter((file) => file.includes('.golangci.'));
  return new LinterConfigurations({ root, linterFiles, manifests: new Manifests(root) });
}

it('takes the nearest configuration above, and of several in a directory the one that golangci-lint takes', () => {
  const found = configurations({
    '.golangci.toml': 'version = "2"\n',
    '.golangci.yml': 'version: "2"\n',
    'services/.golangci.json': '{ "version": "2" }\n',
  });
  expect(found.of('libs/money')?.file).toBe('.golangci.yml');
  expect(found.of('.')?.file).toBe('.golangci.yml');
  expect(found.of('services')?.file).toBe('services/.golangci.json');
  expect(found.of('services/pay/api')?.file).toBe('services/.golangci.json');
});

it('counts for nothing outside of its directory', () => {
  const found = configurations({ 'services/.golangci.yaml': 'version: "2"\n' });
  expect(found.of('libs')).toBeUndefined();
  expect(found.of('.')).toBeUndefined();
});

it.each([
  ['yml', 'version: "2"\nformatters:\n  enable:\n    - goimports\nrun:\n  build-tags: [e2e]\n'],
  ['toml', 'version = "2"\n[formatters]\nenable = ["goimports"]\n[run]\nbuild-tags = ["e2e"]\n'],
  ['json', '{"version":"2","formatters":{"enable":["goimports"]},"run":{"build-tags":["e2e"]}}'],
])('finds formatters and build tags in %s', (extension, text) => {
  const found = configurations({ [`.golangci.${extension}`]: text }).of('.');
  expect(found).toMatchObject({ formats: true, resolvesImports: true, setsTags: true, uncacheable: [] });
});

it('a comment says nothing', () => {
  const text = 'version: "2"\n# formatters:\n#   enable: [goimports]\nissues: # new: true\n  new: false\n';
  expect(configurations({ '.golangci.yml': text }).of('.')).toMatchObject({
    formats: false,
    resolvesImports: false,
    setsTags: false,
    readsManifest: false,
    uncacheable: [],
  });
});

it.each(['issues:\n  new: true\n', 'issues:\n  new-from-rev: HEAD~1\n', 'issues: { new-from-merge-base: "main" }\n'])(
  'what compares with another state cannot be cached: %j',
  (text) => {
    const [reason] = configurations({ 'a/.golangci.yml': text }).of('a')?.uncacheable ?? [];
    expect(reason).toMatch(/^"new[a-z-]*" in a\/\.golangci\.yml compares with another state of the repository$/);
  },
);

it('names the files that it names, from its own directory or the root, and no others', () => {
  const text =
    'linters:\n  settings:\n    goheader:\n      template-path: ../header.txt\n    gocritic:\n      settings:\n' +
    '        ruleguard:\n          rules: "${config-path}/rules/*.go,${config-path}/rules/a.go"\n    depguard: {files: [lint/b.json, /etc/passwd, ../../outside.txt, none.txt]}\n';
  const found = configurations({
    'lint/.golangci.yml': text,
    'header.txt': '',
    'lint/rules/a.go': '',
    'lint/b.json': '',
  });
  expect(found.of('lint')?.names).toEqual([
    'header.txt',
    'lint/b.json',
    'lint/rules/*.go',
    'lint/rules/a.go',
    'rules/*.go',
  ]);
});

it.each(['linters: { enable: [gomodguard] }\n', 'linters:\n  default: all\n'])(
  'knows which may read go.mod: %j',
  (text) => {
    expect(configurations({ '.golangci.yml': text }).of('.')?.readsManifest).toBe(true);
  },
);

it.each(['HEADER', '"my header"', 'my header', "'my header'"])('finds a file named %s', (word) => {
  const found = configurations({
    'lint/.golangci.yml': `linters:\n  settings:\n    goheader:\n      template-path: ${word} # here\n`,
    'lint/HEADER': '',
    'lint/my header': '',
  });
  expect(found.of('lint')?.names).toEqual([`lint/${word.replaceAll(/["']/g, '')}`]);
});

it.each(['${config-path}/HEADER', '"{{ .YEAR }} Us"'])(
  'a header with the current year cannot be cached: %s',
  (value) => {
    const text = `linters:\n  settings:\n    goheader:\n      template-path: ${value}\n`;
    const found = configurations({ '.golangci.yml': text, HEADER: 'Copyright {{MOD-YEAR}} Us' });
    expect(found.of('.')?.uncacheable).toEqual([
      'the header that .golangci.yml asks for has a year: what is right today is not so next year',
    ]);
  },
);

it('gci reads the path of the module from go.mod', () => {
  const text = 'formatters:\n  enable: [gci]\n  settings:\n    gci:\n      sections: [standard, localmodule]\n';
  expect(configurations({ '.golangci.yml': text }).of('.')?.readsManifest).toBe(true);
});

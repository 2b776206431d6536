import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { execa } from 'execa';

import { GoWorkspace } from '../../../testing/executors/go-workspace.js';
import { buildTasks } from './build-tasks.js';

jest.setTimeout(180_000);

const main = (body: string, imports = ''): string => `package main\n${imports}\nfunc main() {\n${body}\n}\n`;

describe('mains of one module', () => {
  let workspace: GoWorkspace;
  beforeAll(() => {
    workspace = new GoWorkspace({
      'go.mod': 'module example.com/m\n\ngo 1.24\n',
      'api/server/main.go': main('println("api", lib.X)', 'import "example.com/m/lib"'),
      'web/server/main.go': main('println("web", lib.X)', 'import "example.com/m/lib"'),
      'tool/v2/main.go': main('println("tool")'),
      'typo/main.go': main('println(broken.X)', 'import "example.com/m/broken"'),
      'typo/deep/main.go': main('println(broken.X)', 'import "example.com/m/broken"'),
      'missing/main.go': main('gone.X()', 'import "example.com/m/gone"'),
      'missing/too/main.go': main('gone.X()', 'import "example.com/m/gone"'),
      'lib/lib.go': 'package lib\n\nconst X = 1\n',
      'broken/broken.go': 'package broken\n\nconst X int = "text"\n',
    });
  });
  afterAll(() => workspace.remove());

  const task = (root: string, options = {}) => ({ root, options });
  const hidden = (): string[] =>
    (readdirSync(workspace.root, { recursive: true }) as string[]).filter((path) => path.includes('.staging/'));

  it('builds all in one go, mains of one name too, and leaves nothing else', async () => {
    const results = await workspace.run('build', buildTasks, {
      'api:build': task('api/server'),
      'web:build': task('web/server'),
      'tool:build': task('tool/v2', { outputPath: 'dist/bin/tool' }),
    });
    for (const result of Object.values(results)) expect(result).toMatchObject({ success: true, terminalOutput: '' });
    expect(readFileSync(workspace.path('dist/api/server/server')).includes('api')).toBe(true);
    expect(readFileSync(workspace.path('dist/web/server/server'))).not.toEqual(
      readFileSync(workspace.path('dist/api/server/server')),
    );
    expect(existsSync(workspace.path('dist/bin/tool'))).toBe(true);
    expect(hidden()).toEqual([]);
  });

  // A script as a tool needs a shell.
  (process.platform === 'win32' ? it.skip : it)('reports a binary while go still works on another', async () => {
    const released = workspace.path('released');
    const script = `#!/bin/sh
if [ "$2" != -V=full ] && [ "$(basename "$1")" = link ] && [ "$TOOLEXEC_IMPORTPATH" = example.com/m/tool/v2 ]; then
  for _ in $(seq 600); do [ -e '${released}' ] && exec "$@"; sleep 0.1; done
  exit 1
fi
exec "$@"
`;
    writeFileSync(workspace.path('stall'), script, { mode: 0o755 });
    const options = { args: ['-p=2', `-toolexec=${workspace.path('stall')}`] };
    const order: string[] = [];
    const runner: typeof buildTasks = (tasks, session, report) =>
      buildTasks(tasks, session, (id, outcome) => {
        order.push(id);
        writeFileSync(released, '');
        report(id, outcome);
      });
    const results = await workspace.run('build', runner, {
      'tool:build': task('tool/v2', { ...options, outputPath: 'early/tool' }),
      'api:build': task('api/server', { ...options, outputPath: 'early/api' }),
    });
    expect(Object.values(results).map(({ success }) => success)).toEqual([true, true]);
    expect(order).toEqual(['api:build', 'tool:build']);
    expect(hidden()).toEqual([]);
  });

  it('a batched binary is the binary of a plain go build, which is kept when it is up to date', async () => {
    await workspace.go('build', '-trimpath', '-buildvcs=false', '-o', 'plain', './api/server');
    const path = workspace.path('dist/api/server/server');
    expect(readFileSync(path)).toEqual(readFileSync(workspace.path('plain')));
    const { ino } = statSync(path);
    await workspace.run('build', buildTasks, { 'api:build': task('api/server'), 'web:build': task('web/server') });
    expect(statSync(path).ino).toBe(ino);
  });

  it('a damaged binary is linked again, though its build id is right', async () => {
    const path = workspace.path('dist/api/server/server');
    const whole = readFileSync(path);
    writeFileSync(path, Buffer.concat([whole, Buffer.from('tail')]));
    await workspace.run('build', buildTasks, { 'api:build': task('api/server') });
    expect(readFileSync(path)).toEqual(whole);
  });

  it('a compile error fails the mains whose closure holds it, with its text only', async () => {
    const results = await workspace.run('build', buildTasks, {
      'api:build': task('api/server'),
      'typo:build': task('typo'),
      'deep:build': task('typo/deep'),
    });
    const said = '# example.com/m/broken\nbroken/broken.go:3:15: cannot use "text"';
    expect(results['api:build']).toMatchObject({ success: true, terminalOutput: '' });
    expect(results['typo:build']).toMatchObject({ success: false, status: 'failure' });
    expect(results['typo:build']?.terminalOutput).toContain(said);
    expect(results['deep:build']?.terminalOutput).toContain(said);
    expect(existsSync(workspace.path('dist/typo'))).toBe(false);
    expect(hidden()).toEqual([]);
  });

  it('a load error fails each main with its own file, and the others are built all the same', async () => {
    const results = await workspace.run('build', buildTasks, {
      'web:build': task('web/server', { outputPath: 'dist/fresh/web' }),
      'typo:build': task('typo'),
      'missing:build': task('missing'),
      'too:build': task('missing/too'),
    });
    expect(results['web:build']).toMatchObject({ success: true });
    expect(existsSync(workspace.path('dist/fresh/web'))).toBe(true);
    expect(results['typo:build']?.terminalOutput).toContain('broken/broken.go:3:15');
    expect(results['missing:build']?.terminalOutput).toMatch(/^missing\/main.go:2:8: /);
    expect(results['too:build']?.terminalOutput).toMatch(/^missing\/too\/main.go:2:8: /);
    expect(results['too:build']?.terminalOutput).not.toContain('missing/main.go');
  });

  it('never passes off the old binary of what is no main package any more', async () => {
    workspace.write({ 'was/main.go': main('') });
    await workspace.run('build', buildTasks, { 'was:build': task('was'), 'api:build': task('api/server') });
    workspace.write({ 'was/main.go': 'package was\n' });
    const results = await workspace.run('build', buildTasks, {
      'was:build': task('was'),
      'api:build': task('api/server'),
    });
    expect(results['was:build']).toMatchObject({ success: false });
    expect(results['was:build']?.terminalOutput).toContain('not a main package');
    expect(results['api:build']).toMatchObject({ success: true });
  });

  it('appends .exe for Windows, in a go process of its own', async () => {
    const results = await workspace.run('build', buildTasks, {
      'tool:build': task('tool/v2', { outputPath: 'dist/win/tool', goos: 'windows', goarch: 'amd64' }),
      'api:build': task('api/server'),
    });
    expect(results['tool:build']).toMatchObject({ success: true });
    expect(readdirSync(workspace.path('dist/win'))).toEqual(['tool.exe']);
  });

  it('refuses two tasks that write one file', async () => {
    const results = await workspace.run('build', buildTasks, {
      'api:build': task('api/server', { outputPath: 'dist/x' }),
      'web:build': task('web/server', { outputPath: 'dist/x' }),
    });
    expect(results['api:build']?.terminalOutput).toContain('api:build and web:build write the same file, dist/x');
    expect(results['web:build']).toMatchObject({ success: false });
  });

  it('refuses a build configuration that no inputs were inferred for, and runs the others', async () => {
    const facts = {
      inputs: [{ input: 'goModule', projects: ['api'] }],
      metadata: { gopher: { buildConfigurations: ['plan9/386.x nocgo'], cgo: false, packages: [] } },
    };
    const results = await workspace.run('build', buildTasks, {
      'api:build': { root: 'api/server', cache: true, targetConfiguration: facts as object },
      'web:build': task('web/server'),
      'tool:build': { root: 'tool/v2', cache: true },
    });
    expect(results['api:build']).toMatchObject({ success: false });
    expect(results['api:build']?.terminalOutput).toContain('inferred: plan9/386.x nocgo');
    expect(results['tool:build']?.terminalOutput).toContain('inferred no inputs');
    expect(results['web:build']).toMatchObject({ success: true });
  });

  it('names a misspelt option, and runs the others', async () => {
    const results = await workspace.run('build', buildTasks, {
      'api:build': task('api/server', { ldflag: '-s' }),
      'web:build': task('web/server'),
    });
    expect(results['api:build']?.terminalOutput).toContain('Did you mean "ldflags"?');
    expect(results['web:build']).toMatchObject({ success: true });
  });

  it('says in one line that go is missing', async () => {
    const { PATH } = process.env;
    process.env['PATH'] = '/nowhere';
    try {
      const results = await workspace.run('build', buildTasks, {
        'api:build': task('api/server'),
        'web:build': task('web/server'),
      });
      expect(results['api:build']?.terminalOutput).toMatch(/^The go command was not found on PATH\.[^\n]*\n$/);
      expect(results['web:build']).toMatchObject({ success: false });
    } finally {
      process.env['PATH'] = PATH;
    }
  });
});

describe('other layouts', () => {
  it('a main in a module below the root, and one that stands in the root of its module', async () => {
    const workspace = new GoWorkspace({
      'services/api/go.mod': 'module example.com/api/v3\n\ngo 1.24\n',
      'services/api/main.go': main('println(broken)'),
      'services/web/go.mod': 'module example.com/web\n\ngo 1.24\n',
      'services/web/main.go': main('println(1)'),
      'services/web/cmd/x/main.go': main('println(nothing)'),
    });
    const results = await workspace.run('build', buildTasks, {
      'services/api:build': { root: 'services/api' },
      'services/web:build': { root: 'services/web' },
      'x:build': { root: 'services/web/cmd/x' },
    });
    // Go runs in services/api and says ./main.go.
    expect(results['services/api:build']?.terminalOutput).toContain('\nservices/api/main.go:4:9: undefined: broken');
    expect(results['x:build']?.terminalOutput).toContain('\nservices/web/cmd/x/main.go:4:9: undefined: nothing');
    expect(existsSync(workspace.path('dist/services/web/web'))).toBe(true);
    workspace.remove();
  });

  it('a broken go.mod fails its tasks with what go says', async () => {
    const workspace = new GoWorkspace({
      'go.mod': 'module example.com/m\n\ngo 1.24\nnonsense\n',
      'a/main.go': main(''),
      'b/main.go': main(''),
    });
    const results = await workspace.run('build', buildTasks, { 'a:build': { root: 'a' }, 'b:build': { root: 'b' } });
    expect(results['a:build']?.terminalOutput).toContain('go.mod:4');
    expect(results['b:build']).toMatchObject({ success: false });
    workspace.remove();
  });

  it('a directory without a module is told apart', async () => {
    const workspace = new GoWorkspace({ 'a/main.go': main('') });
    const results = await workspace.run('build', buildTasks, { 'a:build': { root: 'a' } });
    expect(results['a:build']?.terminalOutput).toContain('No go.mod was found in a or above it');
    workspace.remove();
  });

  it('a value with blanks among the linker flags is one value', async () => {
    const workspace = new GoWorkspace({
      'go.mod': 'module example.com/m\n\ngo 1.24\n',
      'a/main.go': 'package main\n\nvar v = ""\n\nfunc main() { println(v) }\n',
    });
    const results = await workspace.run('build', buildTasks, {
      'a:build': { root: 'a', options: { ldflags: ['-s', '-X', 'main.v=a  b', '-w'] } },
    });
    expect(results['a:build']).toMatchObject({ success: true });
    expect((await execa(workspace.path('dist/a/a'))).stderr).toBe('a  b');
    workspace.remove();
  });

  it('a C library comes with its header', async () => {
    const workspace = new GoWorkspace({
      'go.mod': 'module example.com/m\n\ngo 1.24\n',
      'c/main.go': main('', 'import "C"\n//export F\nfunc F() {}'),
    });
    const results = await workspace.run('build', buildTasks, {
      'c:build': { root: 'c', options: { buildmode: 'c-archive', outputPath: 'dist/libc.a' } },
    });
    expect(results['c:build']).toMatchObject({ success: true });
    expect(readdirSync(join(workspace.root, 'dist')).sort()).toEqual(['libc.a', 'libc.h']);
    workspace.remove();
  });
});

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';

import { HIDDEN_INPUTS } from '../../testing/layouts/hidden-inputs.js';
import { measure, type Settings } from '../../testing/measuring/measure.js';
import { run, type CommandResult } from '../../testing/workspace/command.js';
import { environment } from '../../testing/workspace/environment.js';
import { replaceText } from '../../testing/workspace/files.js';
import { NX_24 } from '../../testing/workspace/nx-versions.js';
import { temporaryFolder } from '../../testing/workspace/temporary-folder.js';
import { anotherToolchain } from '../../testing/workspace/toolchain.js';
import { Workspace } from '../../testing/workspace/workspace.js';

jest.setTimeout(300_000);

const STAMPED = { targets: { build: { options: { buildvcs: true, tags: ['prod'] } } } };
/** Part of the program under its own tags alone; git ignores it. */
const FOR_PROD = '//go:build prod\n\npackage main\n\nconst prod = true\n';

describe('nx-gopher doctor', () => {
  let here: Workspace;
  let there: Workspace;
  let diagnosis: string;

  beforeAll(async () => {
    const files = { 'cmd/plain/project.json': `${JSON.stringify(STAMPED)}\n`, 'cmd/plain/prod_gen.go': FOR_PROD };
    here = await Workspace.create(HIDDEN_INPUTS, NX_24, { files });
    there = await here.copy();
    diagnosis = join(temporaryFolder('diagnoses'), `${process.pid}.json`);
    const { stdout, exitCode } = await doctor(here, ['--json']);
    expect(exitCode).toBe(0);
    writeFileSync(diagnosis, stdout);
  });

  afterAll(() => {
    here?.dispose();
    there?.dispose();
  });

  function doctor(workspace: Workspace, args: readonly string[], settings: Settings = {}): Promise<CommandResult> {
    const bin = workspace.path('node_modules/.bin/nx-gopher');
    return run(bin, ['doctor', ...args], workspace.root, environment(settings));
  }

  it('says what is in the hashes, and what costs hits', async () => {
    const { stdout, exitCode } = await doctor(here, [], { GOAMD64: 'v3', NX_SKIP_REMOTE_CACHE: 'true' });
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/GOVERSION: go1\./);
    expect(stdout).toContain('buildvcs puts the commit into the binary: cmd/plain:build');
    expect(stdout).toContain('NX_SKIP_REMOTE_CACHE=true');
    expect(stdout).toMatch(/set on this machine.*GOAMD64=v3/);
    expect(stdout).toMatch(
      /files that git ignores.*cmd\/plain\/prod_gen.go, lib\/front\/dist\/page.txt, lib\/stubs\/stubs_gen.go/,
    );
    expect(stdout).toMatch(/tasks use cgo/);
  });

  it('finds no difference in another directory, for another user', async () => {
    const elsewhere = { GOMODCACHE: temporaryFolder('go-modules', 'of-another-user'), USER: 'another', LANG: 'C' };
    const { stdout, exitCode } = await doctor(there, ['--compare', diagnosis], elsewhere);
    expect({ stdout, exitCode }).toEqual({ stdout: expect.stringContaining('No difference'), exitCode: 0 });
  });

  it('names each difference, and nothing else', async () => {
    const settings = { ...(await anotherToolchain()), GOFLAGS: '-tags=other', CGO_CFLAGS: '-O1' };
    replaceText(there.root, 'lib/stubs/stubs_gen.go', '"generated"', '"made here"');
    replaceText(there.root, 'cmd/plain/prod_gen.go', 'true', 'false');
    const { stdout, exitCode } = await doctor(there, ['--compare', diagnosis, '--json'], settings);
    expect(exitCode).toBe(1);
    const { differences } = JSON.parse(stdout) as { differences: string[] };
    expect(differences).toEqual([
      expect.stringMatching(/^CGO_CFLAGS: -O1 here, -O2 -g there; in the hash of \d+ tasks$/),
      expect.stringMatching(/^GOFLAGS: -tags=other here, empty there/),
      expect.stringMatching(/^GOVERSION: go1\.\S+ here, go1\.\S+ there/),
      'files that git ignores: cmd/plain/prod_gen.go, lib/stubs/stubs_gen.go',
    ]);
  });

  it('is right: one of these differences alone moves exactly the hashes that it names', async () => {
    const before = (await measure(here)).tasks;
    const settings = { CGO_CFLAGS: '-O1' };
    const after = (await measure(here, settings)).tasks;
    const moved = Object.keys(after).filter((task) => after[task]?.hash !== before[task]?.hash);
    const { stdout } = await doctor(here, ['--compare', diagnosis], settings);
    // The doctor counts vet targets too: there is one for each test.
    const vets = moved.filter((task) => task.endsWith(':test')).length;
    expect(stdout).toContain(`in the hash of ${moved.length + vets} tasks`);
  });

  it('finds nothing that costs hits in a workspace where nothing does', async () => {
    replaceText(there.root, 'cmd/plain/project.json', '"buildvcs":true', '"buildvcs":false');
    // The tests' own GOTOOLCHAIN is one of the settings that the doctor tells of.
    const { stdout, exitCode } = await doctor(there, [], { GOTOOLCHAIN: undefined });
    expect(exitCode).toBe(0);
    expect(stdout).not.toContain('Prevents cache hits');
    expect(stdout).toContain('Nothing prevents machines from sharing hits.');
  });

  it('says what is wrong with a file that is no diagnosis', async () => {
    const { stderr, exitCode } = await doctor(here, ['--compare', 'go.mod']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('nx-gopher doctor --json');
  });
});

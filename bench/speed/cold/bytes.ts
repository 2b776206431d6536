import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { runGo } from '../../../src/go/process/command.js';
import { KnownPackages } from '../../../src/warm/known-packages.js';
import { DirectoryStore } from '../../../src/warm/store/directory.js';
import { Warm } from '../../../src/warm/warm.js';
import { DataFolder } from '../../../src/workspace/kept/data-folder.js';
import { editedCode } from '../../../testing/random/code-edits.js';
import { Random } from '../../../testing/random/random.js';
import { temporaryFolder } from '../../../testing/workspace/temporary-folder.js';
import type { Amount } from '../../report/result.js';
import { partResult } from '../../report/result.js';
import type { Part } from '../bench.js';

const GO = { path: 'go', version: '' };
const FLAGS = ['-trimpath', '-buildvcs=false'];

/**
 * What machines without caches make after edits at random, with a store that each adds to, against what go makes
 * from its own cache, byte for byte.
 */
export const coldBytes: Part = {
  name: 'cold-bytes',
  async measure(bench) {
    const workspace = await bench.plain();
    const edits = Math.ceil(bench.saves * 0.3);
    const title = `${edits} edits, each built on a machine without caches`;
    bench.progress(title);
    const folder = mkdtempSync(join(temporaryFolder('bench'), 'cold-bytes-'));
    try {
      const patterns = workspace.plan.mains.slice(0, 3).map(({ dir }) => `./${dir}`);
      const files = workspace.plan.libraries.map(({ dir, name }) => join(workspace.root, dir, `${name}.go`));
      const machine = new ColdMachine(workspace.root, folder, patterns);
      const random = new Random('cold bytes');
      let [differences, compiled] = [0, 0];
      for (let number = 1; number <= edits; number++) {
        const file = random.of(files);
        const text = readFileSync(file, 'utf8');
        writeFileSync(file, editedCode(text, number, random));
        const seen = await machine.build(number);
        if (!seen) writeFileSync(file, text);
        else if (!seen.isSame) differences++;
        compiled += seen?.compiled ?? 0;
        if (number % 10 === 0) bench.progress(`  ${number} edits: ${differences} differences, ${compiled} compiled`);
      }
      const amounts: Amount[] = [{ name: 'other bytes than go build makes', value: differences, unit: '', atMost: 0 }];
      return [{ ...partResult('cold-bytes', title, {}, []), amounts }];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

/** Builds with an empty GOCACHE each time, and a store that stays. */
class ColdMachine {
  constructor(
    private readonly root: string,
    private readonly folder: string,
    private readonly patterns: readonly string[],
  ) {}

  /** @returns undefined for what does not compile. */
  async build(number: number): Promise<{ isSame: boolean; compiled: number } | undefined> {
    const [truth, made] = ['truth', 'made'].map((name) => join(this.folder, name)) as [string, string];
    if (!(await this.#go('kept', truth))) return undefined;
    const known = new KnownPackages(new DataFolder(join(this.folder, `data-${number}`)), 'store');
    const store = new DirectoryStore(join(this.folder, 'store'));
    const warm = new Warm({ store, writes: true, known, signer: {}, say: () => undefined });
    const where = { cwd: this.root, env: this.#environment('cold') };
    const process = await warm.prepare(GO, { patterns: this.patterns, flags: FLAGS, tests: false, where });
    const isBuilt = await this.#go('cold', made, process.flags);
    process.stop();
    await warm.finish();
    const names = this.patterns.map((pattern) => pattern.slice(pattern.lastIndexOf('/') + 1));
    const isSame =
      isBuilt && names.every((name) => readFileSync(join(truth, name)).equals(readFileSync(join(made, name))));
    for (const name of [made, join(this.folder, 'cold'), join(this.folder, `data-${number}`)])
      rmSync(name, { recursive: true, force: true });
    return {
      isSame,
      compiled: [...warm.statistics.packages.values()].filter((one) => one.source === 'compiled').length,
    };
  }

  async #go(cache: string, output: string, flags: readonly string[] = []): Promise<boolean> {
    const args = ['build', ...FLAGS, ...flags, '-o', `${output}/`, ...this.patterns];
    return (await runGo(GO, args, { cwd: this.root, env: this.#environment(cache) })).exitCode === 0;
  }

  #environment(cache: string): Record<string, string> {
    return { GOCACHE: join(this.folder, cache), GOFLAGS: '', GOWORK: 'off', GOTOOLCHAIN: 'local' };
  }
}

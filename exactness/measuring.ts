import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { SCRIPT, type ChangeMeasurement, type Measurement, type Settings } from '../testing/measuring/measure.js';
import { MeasuringServer } from '../testing/measuring/measuring-server.js';
import { mustRun } from '../testing/workspace/command.js';
import { proofFolder } from './workspace/proof-folder.js';
import type { Subject } from './workspace/subject.js';

/**
 * Asks Nx what states of a subject mean to it: from one process that lives on, as Nx's daemon does. That this is what
 * a new process says too, {@link Measuring.afresh} tells.
 */
export class Measuring {
  private readonly folder = mkdtempSync(join(proofFolder('measurements'), 'exactness-'));
  private server: { readonly settings: string; readonly serving: MeasuringServer } | undefined;

  constructor(private readonly subject: Subject) {}

  /** The hashes of all tasks, and what `nx affected` selects since the last commit. */
  change(settings: Settings): Promise<ChangeMeasurement> {
    return this.serving(settings).change();
  }

  /** The process under the settings. */
  private serving(settings: Settings): MeasuringServer {
    const key = JSON.stringify(settings);
    if (this.server?.settings !== key) {
      this.end();
      const output = join(this.folder, 'measurement.json');
      const serving = new MeasuringServer(this.subject.root, this.subject.environment(settings), output);
      this.server = { settings: key, serving };
    }
    return this.server.serving;
  }

  /** The hashes on a machine that has never seen the workspace: a new process, without data of earlier states. */
  async afresh(settings: Settings): Promise<Measurement> {
    const data = mkdtempSync(join(proofFolder('data'), 'exactness-'));
    try {
      const output = join(this.folder, 'afresh.json');
      const env = this.subject.environment({
        ...settings,
        NX_ISOLATE_PLUGINS: 'true',
        NX_WORKSPACE_DATA_DIRECTORY: data,
      });
      await mustRun(process.execPath, [SCRIPT, output], this.subject.root, env);
      return JSON.parse(readFileSync(output, 'utf8')) as Measurement;
    } finally {
      rmSync(data, { recursive: true, force: true });
    }
  }

  /** Ends the process; the next measurement starts another. */
  end(): void {
    this.server?.serving.end();
    this.server = undefined;
  }

  dispose(): void {
    this.end();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

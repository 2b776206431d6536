import type { ExecutorContext } from '@nx/devkit';

import type { SourcesRequest } from '../../go/listing/compiled-sources.js';
import type { GoCommand } from '../../go/process/command.js';
import { messageOf } from '../../message-of.js';
import { workspaceDataFolder } from '../../nx/cache-folders.js';
import { pluginEntries } from '../../plugin-entries.js';
import { DataFolder } from '../../workspace/kept/data-folder.js';
import type { Warm } from '../../warm/warm.js';
import { UNWARMED, type WarmedProcess } from '../../warm/warmed-process.js';
import type { Store } from '../../warm/store/store.js';
import {
  limitsOf,
  STATISTICS_VARIABLE,
  STORE_VARIABLE,
  warmOptions,
  type WarmOptions,
} from '../../warm/warm-options.js';

/** Warms the go processes of an executor's run, where a store of compiled packages is named. */
export class Warming {
  readonly #warm: Promise<Warm | undefined>;

  private constructor(private readonly context: ExecutorContext) {
    this.#warm = this.#open().catch((error: unknown) => {
      say(messageOf(error));
      return undefined;
    });
  }

  /** Nothing of it is loaded where there is no store. */
  static of(context: ExecutorContext): Warming | undefined {
    const isNamed = pluginEntries(context.nxJsonConfiguration).some(({ warm }) => warm !== undefined);
    return isNamed || process.env[STORE_VARIABLE] ? new Warming(context) : undefined;
  }

  /** See `Warm.prepare`. */
  async prepare(go: GoCommand, request: SourcesRequest): Promise<WarmedProcess> {
    const warm = await this.#warm;
    return warm ? warm.prepare(go, request) : UNWARMED;
  }

  async finish(): Promise<void> {
    const warm = await this.#warm;
    if (!warm) return;
    await warm.finish(process.env[STATISTICS_VARIABLE]);
    if (warm.statistics.stored > 0) await pruneAfter(warm.store, warmOptions(this.context.nxJsonConfiguration));
  }

  async #open(): Promise<Warm | undefined> {
    const { root, nxJsonConfiguration } = this.context;
    const [{ openStore }, { Warm }, { KnownPackages }, { packageSigner }] = await Promise.all([
      import('../../warm/store/open-store.js'),
      import('../../warm/warm.js'),
      import('../../warm/known-packages.js'),
      import('../../warm/package-signer.js'),
    ]);
    const open = openStore(warmOptions(nxJsonConfiguration), root);
    if (!open) return undefined;
    const known = new KnownPackages(new DataFolder(workspaceDataFolder(root)), open.store.name);
    const signer = packageSigner(nxJsonConfiguration);
    // Nobody who reads there would believe what is not signed.
    return new Warm({
      ...open,
      writes: open.writes && (!signer.isTrusted || signer.sign !== undefined),
      known,
      signer,
      say,
    });
  }
}

/** What a run adds to a directory makes room for itself. */
async function pruneAfter(store: Store, options: WarmOptions | undefined): Promise<void> {
  const [{ DirectoryStore }, { pruneDaily }] = await Promise.all([
    import('../../warm/store/directory.js'),
    import('../../warm/store/prune.js'),
  ]);
  if (store instanceof DirectoryStore) await pruneDaily(store, limitsOf(options));
}

function say(text: string): void {
  process.stderr.write(`nx-gopher: ${text}\n`);
}

import type { GoModule } from './go-modules.js';
import type { Peer, PeerKind } from './peer.js';
import type { ConversionReport } from './report.js';

/** What the conversions of all projects share. */
export interface ConversionContext {
  readonly peer: Peer;
  readonly names: Readonly<Record<PeerKind, string>>;
  /** What the project in a directory is called from now on. */
  readonly nameOf: (dir: string) => string;
  readonly modules: readonly GoModule[];
  readonly granularity: 'package' | 'module';
  readonly report: ConversionReport;
}

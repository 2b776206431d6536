import { GO_SOURCE } from '../../src/generators/convert-from-gonx/gonx.js';
import type { NxVersion } from '../../testing/workspace/nx-versions.js';
import { NX_23, NX_24 } from '../../testing/workspace/nx-versions.js';

/** A plugin as it is compared: which version of it, on which Nx, and what stands in nx.json. */
export interface Contender {
  /** Heads its column. */
  readonly title: string;
  readonly nx: NxVersion;
  /** Versions by npm package; undefined for the plugin of this repository, which is packed. */
  readonly packages?: Readonly<Record<string, string>>;
  /** What the plugin's own installation writes. */
  readonly nxJson: object;
}

const NX_GO = '@nx-go/nx-go';
const GONX = '@naxodev/gonx';

/** Inputs that a user of nx-go can write by hand: everything in the project, and in all it depends on. */
const EVERYTHING = { inputs: ['default', '^default'] };

/** Each on the newest Nx that it runs on. */
export const CONTENDERS: readonly Contender[] = [
  { title: 'nx-gopher, Nx 24', nx: NX_24, nxJson: { plugins: ['nx-gopher'] } },
  { title: 'nx-gopher, Nx 23', nx: NX_23, nxJson: { plugins: ['nx-gopher'] } },
  { title: 'nx-go', nx: NX_23, packages: { [NX_GO]: '4.1.1' }, nxJson: { plugins: [NX_GO] } },
  {
    title: 'nx-go with inputs by hand',
    nx: NX_23,
    packages: { [NX_GO]: '4.1.1' },
    nxJson: {
      plugins: [NX_GO],
      targetDefaults: { build: EVERYTHING, test: EVERYTHING },
    },
  },
  {
    title: 'gonx',
    nx: NX_23,
    packages: { [GONX]: '4.1.1' },
    nxJson: {
      plugins: [
        {
          plugin: GONX,
          options: {
            buildTargetName: 'build',
            serveTargetName: 'serve',
            testTargetName: 'test',
            lintTargetName: 'lint',
            tidyTargetName: 'tidy',
          },
        },
      ],
      namedInputs: { goSource: GO_SOURCE, sharedGlobals: ['{workspaceRoot}/go.work'] },
    },
  },
];

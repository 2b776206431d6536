import type { Random } from '../../testing/random/random.js';
import type { MutableWorkspace } from '../workspace/mutable-workspace.js';
import type { Kind } from './kind.js';

/** Settings of the environment. They are in force for the mutations after them too, until they are taken back. */
export const SETTINGS: readonly Kind[] = [
  setting('GOFLAGS with a tag', 1.5, (random, workspace) => ({ GOFLAGS: `-tags=${anyTag(random, workspace)}` })),
  setting('GOFLAGS with linker flags', 0.5, () => ({ GOFLAGS: '-ldflags=-s' })),
  setting('GOFLAGS with -mod', 0.5, (random) => ({ GOFLAGS: `-mod=${random.pick(['mod', 'vendor', 'readonly'])}` })),
  setting('GOWORK', 0.3, () => ({ GOWORK: 'off' })),
  setting('settings that reach no binary', 1, (random) =>
    random.pick([{ GODEBUG: 'panicnil=1' }, { GOMAXPROCS: '1' }, { GOPROXY: 'off' }, { SOURCE_DATE_EPOCH: '1' }]),
  ),
  costly('CGO_ENABLED', () => ({ CGO_ENABLED: '0' })),
  costly('GOARCH', () => ({ GOARCH: process.arch === 'arm64' ? 'amd64' : 'arm64' })),
  costly('GOOS', () => ({ GOOS: 'windows' })),
  costly('GOAMD64', () => ({ GOAMD64: 'v3' })),
  costly('GOEXPERIMENT', () => ({ GOEXPERIMENT: 'fieldtrack' })),
  costly('CGO_CFLAGS', () => ({ CGO_CFLAGS: '-O1' })),
];

type Values = Readonly<Record<string, string>>;

function setting(
  name: string,
  weight: number,
  values: (random: Random, workspace: MutableWorkspace) => Values | undefined,
): Kind {
  return {
    name: `setting: ${name}`,
    weight,
    apply(random, workspace) {
      const changed = values(random, workspace);
      const isInForce = Object.entries(changed ?? {}).every(([key, value]) => workspace.settings[key] === value);
      return isInForce ? undefined : { settings: { ...workspace.settings, ...changed } };
    },
  };
}

/** All that is compiled, the standard library too, is compiled again for it: once, then it is in go's cache. */
function costly(name: string, values: () => Values): Kind {
  return { ...setting(name, 0.3, values), costly: true };
}

/** A tag that a constraint of the workspace names, or one that none does. */
function anyTag(random: Random, workspace: MutableWorkspace): string {
  const lines = workspace.packages
    .flatMap(({ sources }) => sources)
    .flatMap((file) => workspace.parse(file).constraint ?? []);
  const words = lines.flatMap((line) => line.match(/[a-z]\w+/g) ?? []);
  return random.pick([...new Set(['unheard', ...words])].sort()) ?? 'unheard';
}

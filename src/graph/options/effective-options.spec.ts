import type { NxJsonConfiguration } from '@nx/devkit';
import { describe, expect, it } from '@jest/globals';

import { projectFileWith as file } from '../../../testing/graph/project-file.js';
import { WRONG_VALUES } from '../../../testing/options/wrong-values.js';
import { ByName } from '../../by-name.js';
import { TARGET_KIND_NAMES, type TargetKind } from '../../facts/target-kinds.js';
import type { ProjectFile } from '../projects/project-files.js';
import { buildConfigurationsOf, effectiveOptions, variablesOf, type EffectiveOptions } from './effective-options.js';
import { parseOptions } from './options.js';

type ProjectTargets = Parameters<typeof file>[0];

const API = { dir: 'svc/api', name: 'api' };

function effective(
  kind: TargetKind,
  { plugin = {}, nxJson = {}, own }: { plugin?: object; nxJson?: NxJsonConfiguration; own?: ProjectFile },
): EffectiveOptions {
  const target = parseOptions({ [kind]: plugin }).targets[kind];
  if (!target) throw new Error('switched off');
  return effectiveOptions(kind, target, nxJson, own, API);
}

/** Where a value can be wrong, and how messages call the place. */
const LAYERS: Readonly<
  Record<string, (kind: TargetKind, target: object) => [layers: Parameters<typeof effective>[1], place: string]>
> = {
  'project.json': (kind, target) => [{ own: file({ [kind]: target }) }, `svc/api/project.json: targets.${kind}`],
  'package.json': (kind, target) => [
    { own: file({ [kind]: target }, [kind]) },
    `svc/api/package.json: nx.targets.${kind}`,
  ],
  'targetDefaults by name': (kind, target) => [
    { nxJson: { targetDefaults: { [kind]: target } } },
    `nx.json: targetDefaults.${kind}`,
  ],
  'targetDefaults by executor': (kind, target) => [
    { nxJson: { targetDefaults: { [`nx-gopher:${kind}`]: target } } },
    `nx.json: targetDefaults.nx-gopher:${kind}`,
  ],
};

describe.each(Object.entries(LAYERS))('%s', (_, layer) => {
  it.each(WRONG_VALUES)('has a wrong option of %s left out and named: %j', (kind, options, message) => {
    const [layers, place] = layer(kind, { options, configurations: { prod: options } });
    const found = effective(kind, { plugin: kind === 'build' ? { trimpath: true } : {}, ...layers });
    expect(found.problems).toEqual([`${place}.options.${message}`, `${place}.configurations.prod.${message}`]);
    expect(found.options).toEqual(kind === 'build' ? { trimpath: true } : {});
    expect(found.configurations).toEqual(new ByName([['prod', {}]]));
  });

  it.each(TARGET_KIND_NAMES)('of %s may hold what is no option of ours, for another executor', (kind) => {
    const [layers] = layer(kind, { executor: 'nx:run-commands', options: { command: 'x', race: 'yes' } });
    expect(effective(kind, layers).problems).toEqual([]);
  });

  it.each([
    [{ options: 5 }, '.options is 5, but takes an object.'],
    [{ configurations: [] }, '.configurations is [], but takes an object.'],
    [{ configurations: { a: 'x' } }, '.configurations.a is "x", but takes an object.'],
  ])('that is no object of options is named: %j', (target, message) => {
    const [layers, place] = layer('build', target);
    expect(effective('build', layers).problems).toEqual([`${place}${message}`]);
  });
});

describe('layers', () => {
  it('lie over each other, each with its own problems', () => {
    const { options, configurations, problems } = effective('build', {
      plugin: { goos: 'linux', race: 'yes', configurations: { prod: { tags: 'a' } } },
      nxJson: { targetDefaults: { build: { options: { goarch: 'arm64', cgo: 0 } } } },
      own: file({ build: { options: { goos: 'windows', msan: 1 }, configurations: { prod: { race: true } } } }),
    });
    expect(options).toEqual({ goos: 'windows', goarch: 'arm64' });
    expect(configurations).toEqual(new ByName([['prod', { tags: 'a', race: true }]]));
    expect(problems.map((problem) => problem.split(' ').slice(0, 2).join(' '))).toEqual([
      'nx.json: "build.race"',
      'nx.json: targetDefaults.build.options.cgo',
      'svc/api/project.json: targets.build.options.msan',
    ]);
  });

  it.each(['constructor', '__proto__', 'toString'])('may give a target and a configuration the name %s', (name) => {
    const json = `{ "targetName": "${name}", "configurations": { "${name}": { "tags": "a" } } }`;
    const target = parseOptions({ build: JSON.parse(json) as object }).targets.build;
    if (!target) throw new Error('switched off');
    const without = effectiveOptions('build', target, { targetDefaults: {} }, file({}), API);
    expect([without.executor, without.options, without.problems]).toEqual(['nx-gopher:go', {}, []]);
    expect(without.configurations).toEqual(new ByName([[name, { tags: 'a' }]]));
    const own = JSON.parse(`{ "${name}": { "configurations": { "${name}": { "race": true } } } }`) as ProjectTargets;
    const found = effectiveOptions('build', target, {}, file(own), API);
    expect(found.configurations).toEqual(new ByName([[name, { tags: 'a', race: true }]]));
  });

  it('have tokens filled in where they decide which files a package has', () => {
    const { options } = effective('build', {
      plugin: {
        tags: ['{projectName}'],
        env: { CGO_CFLAGS: '-I{projectRoot}', CC: '{workspaceRoot}/cc' },
        ldflags: '{projectName}',
      },
    });
    expect(options).toEqual({
      tags: ['api'],
      env: { CGO_CFLAGS: '-Isvc/api', CC: 'cc' },
      ldflags: '{projectName}',
    });
  });
});

describe('variables', () => {
  const found = effective('build', {
    plugin: { ldflags: '-X main.v=$VERSION', configurations: { prod: { args: '$MORE', env: { VERSION: '1' } } } },
    nxJson: { targetDefaults: { build: { options: { env: { CC: '${CC:-$DEFAULT}' } } } } },
  });

  it('are those of all configurations', () => expect(variablesOf(found)).toEqual(['CC', 'DEFAULT', 'MORE', 'VERSION']));

  it('stay in the build configurations, for whoever lists to fill in', () => {
    expect(buildConfigurationsOf(found)).toEqual([{ env: { CC: '${CC:-$DEFAULT}' } }, { env: { VERSION: '1' } }]);
  });
});

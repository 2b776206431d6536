import { describe, expect, it } from '@jest/globals';

import type { BuildConfiguration } from '../../go/configuration/build-configuration.js';
import { refusal } from './refusal.js';
import type { GoTask } from './task.js';

const configuration: BuildConfiguration = {
  goos: 'windows',
  goarch: 'amd64',
  variant: 'v1',
  cgo: false,
  tags: [],
  race: false,
  msan: false,
  asan: false,
  experiment: '',
  compilers: [],
};
const inputs = [{ input: 'goModule', projects: ['api'] }];
const task: GoTask = {
  id: 'api:build',
  executor: 'build',
  project: 'api',
  target: 'build',
  configuration: undefined,
  root: 'services/api',
  options: { goos: 'windows' },
  dotenv: {},
  targetConfiguration: { options: {}, inputs },
  cacheable: true,
  outputs: [],
  dependencies: [],
  archivesAfter: [],
};
const linux = { buildConfigurations: ['linux/amd64.v1 cgo'], cgo: false, packages: [] };

describe('refusal', () => {
  it('lets an inferred configuration run', () => {
    expect(refusal(task, { ...linux, buildConfigurations: ['windows/amd64.v1 nocgo'] }, configuration)).toBeUndefined();
  });

  it('names the line to add for an option of the command line', () => {
    const text = refusal(task, linux, configuration) ?? '';
    expect(text).toContain('api:build');
    expect(text).toContain('wanted:   windows/amd64.v1 nocgo');
    expect(text).toContain('inferred: linux/amd64.v1 cgo');
    expect(text).toContain('services/api/project.json');
    expect(text).toContain('{"targets":{"build":{"configurations":{"windows":{"goos":"windows"}}}}}');
    expect(text).toContain('nx run api:build:windows');
  });

  it('names the environment when the options are those that the target declares', () => {
    const declared = { ...task, targetConfiguration: { inputs, configurations: { win: { goos: 'windows' } } } };
    expect(refusal({ ...declared, configuration: 'win' }, linux, configuration)).toContain('nx reset');
    expect(refusal({ ...task, options: {} }, linux, configuration)).toContain('nx reset');
  });

  it('refuses a cached target without inferred inputs, and only a cached one', () => {
    expect(refusal(task, undefined, configuration)).toContain('{"targets":{"build":{"cache":false}}}');
    expect(refusal({ ...task, cacheable: false }, undefined, configuration)).toBeUndefined();
  });

  it('lets go speak where the graph could not infer and said so', () => {
    const facts = { ...linux, buildConfigurations: [], uncacheable: ['go.mod is broken'] };
    expect(refusal({ ...task, cacheable: false }, facts, configuration)).toBeUndefined();
  });

  it('refuses what nx.json caches although the graph took it out of the cache', () => {
    const facts = { ...linux, uncacheable: ['it uses code outside the workspace'] };
    const text = refusal({ ...task, targetConfiguration: { executor: 'nx-gopher:go', inputs } }, facts, configuration);
    expect(text).toContain('a cached result could be stale: it uses code outside the workspace');
    expect(text).toContain('{"targetDefaults":{"nx-gopher:go":{}}}');
  });

  it('refuses a cached target whose inferred inputs were replaced, naming both remedies', () => {
    const replaced = { ...task, targetConfiguration: { executor: 'nx-gopher:build', inputs: ['production'] } };
    const facts = { ...linux, buildConfigurations: ['windows/amd64.v1 nocgo'] };
    expect(refusal(replaced, facts, configuration)).toMatch(
      /"\.\.\.".*nx\.json under targetDefaults\.build.*services\/api\/project\.json/s,
    );
    expect(refusal({ ...replaced, cacheable: false }, facts, configuration)).toBeUndefined();
  });

  it.each([
    [{ buildvcs: true }, 'buildvcs puts the commit into the binary'],
    [{ pgo: 'other.pgo' }, 'the profile other.pgo is not among the inputs'],
    [{ args: ['-tags=x'] }, '-tags=x in args'],
  ])('refuses %j on the command line of a cached target', (options, reason) => {
    const facts = { ...linux, buildConfigurations: ['windows/amd64.v1 nocgo'], profiles: ['named.pgo'] };
    const asked = { ...task, options: options as GoTask['options'] };
    expect(refusal(asked, facts, configuration)).toContain(reason);
    expect(refusal({ ...asked, cacheable: false }, facts, configuration)).toBeUndefined();
    const named = { ...task, options: { pgo: 'named.pgo' } as GoTask['options'] };
    expect(refusal(named, facts, configuration)).toBeUndefined();
  });

  it('refuses a variable that the command line brings into a cached target', () => {
    const facts = { ...linux, buildConfigurations: ['windows/amd64.v1 nocgo'] };
    const asked = { ...task, options: { ldflags: '-X main.v=$VERSION' } as GoTask['options'] };
    expect(refusal(asked, facts, configuration)).toContain('the variable $VERSION is not among the inputs');
    expect(refusal({ ...asked, cacheable: false }, facts, configuration)).toBeUndefined();
    const hashed = { ...asked, targetConfiguration: { inputs: [...inputs, { env: 'VERSION' }] } };
    expect(refusal(hashed, facts, configuration)).toBeUndefined();
    const own = { ...asked, options: { ...asked.options, env: { VERSION: '1' } } };
    expect(refusal(own, facts, configuration)).toBeUndefined();
  });

  it('looks at the options with their variables filled in', () => {
    const facts = { ...linux, buildConfigurations: ['windows/amd64.v1 nocgo'] };
    const asked = { ...task, options: { args: '$MORE' } as GoTask['options'] };
    const hashed = { ...asked, targetConfiguration: { inputs: [...inputs, { env: 'MORE' }] } };
    expect(refusal(hashed, facts, configuration, { args: '-tags=x' })).toContain('-tags=x in args');
  });

  it('refuses packages that the inputs do not cover', () => {
    const facts = { ...linux, buildConfigurations: ['windows/amd64.v1 nocgo'], packages: ['services/api'] };
    const wider = { ...task, options: { packages: ['services/api', 'lib/x'] } };
    expect(refusal(wider, facts, configuration)).toContain('do not cover lib/x,');
  });
});

it('is refused where the command line names what is no output', () => {
  const refused = (options: object) => refusal({ ...task, options }, undefined, configuration) ?? '';
  expect(refused({ outputPath: 'lib/x.go' })).toContain('it would write lib/x.go: it has the name of a source file');
  expect(refused({ coverProfile: '../cover.out' })).toContain('it is outside the workspace');
  expect(refused({ args: '-o lib/x.go' })).toContain('with -o among its args');
});

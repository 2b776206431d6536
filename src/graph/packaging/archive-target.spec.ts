import { describe, expect, it } from '@jest/globals';

import type { Package } from '../../go/listing/package.js';
import { targetFacts } from '../../facts/target-facts.js';
import { parseOptions } from '../options/options.js';
import { archivePlan, type ArchivePlan } from './archive-plan.js';
import { isForPlatforms, archiveTarget } from './archive-target.js';
import type { GoProject, GoProjects } from '../projects/projects.js';

const pkg = {
  importPath: 'example.org/shop/cmd/tool',
  name: 'main',
  dir: 'cmd/tool',
  imports: [],
} as unknown as Package;
const TOOL: GoProject = {
  dir: 'cmd/tool',
  name: 'tool',
  group: undefined,
  module: undefined,
  ownsManifest: false,
  pkg,
  members: [pkg],
};

function planFor(platforms: readonly string[]): ArchivePlan {
  const options = parseOptions({ package: { platforms } });
  return archivePlan(TOOL, { options, nxJson: {}, file: undefined, goos: 'linux' }) as ArchivePlan;
}

const targetWith = (builds: readonly string[]) =>
  archiveTarget(TOOL, planFor(['linux/amd64', 'windows/amd64']), [], {} as GoProjects, builds).target;

describe('a package target', () => {
  it('waits for all its builds, and for the gate', () => {
    const target = targetWith(['build', 'build-linux-amd64', 'build-windows-amd64']);
    expect(target.dependsOn).toEqual([
      { target: 'build-linux-amd64' },
      { target: 'build-windows-amd64' },
      { target: 'test', projects: ['tool'] },
    ]);
    expect(target.cache).toBe(true);
    expect(targetFacts(target)?.archive?.problem).toBeUndefined();
  });

  it('is there without the build for a platform, and says which it has none for', () => {
    const target = targetWith(['build', 'build-linux-amd64']);
    expect(target.dependsOn).toEqual([{ target: 'build-linux-amd64' }, { target: 'test', projects: ['tool'] }]);
    expect(target.cache).toBe(false);
    expect(targetFacts(target)?.archive?.problem).toMatch(
      /^tool is to be packaged for windows\/amd64, but has no build for it: .* into cmd\/tool\/project\.json/,
    );
  });

  it('is for platforms where an option names them', () => {
    expect(isForPlatforms(planFor(['linux/amd64']))).toBe(true);
    expect(isForPlatforms(planFor([]))).toBe(false);
  });
});

import { expect, it } from '@jest/globals';

import { projectFileWith } from '../../../testing/graph/project-file.js';
import { afterStart, hasNeighbours, startTarget, type Neighbours } from './start-target.js';

const alone: Neighbours = {
  nxJson: { plugins: ['nx-gopher'] },
  goDirs: ['.', 'api'],
  configuredDirs: ['.', 'api'],
  files: new Map([['api', projectFileWith({ build: { options: {} }, lint: {} })]]),
};

it.each<[string, Partial<Neighbours>, boolean]>([
  ['nothing but Go', {}, false],
  ['another project', { configuredDirs: ['.', 'web'] }, true],
  ['another plugin', { nxJson: { plugins: ['nx-gopher', { plugin: '@nx/vite/plugin' }] } }, true],
  [
    'a target of another kind in a Go project',
    {
      files: new Map([['api', projectFileWith({ docker: { command: 'docker build .' } })]]),
    },
    true,
  ],
])('knows a workspace with %s', (_what, changes, expected) => {
  expect(hasNeighbours({ ...alone, ...changes })).toBe(expected);
});

it('makes tasks that compile wait for it, unless they wait for others', () => {
  const build = { ...startTarget, name: 'build', target: { executor: 'nx-gopher:go', options: { kind: 'build' } } };
  expect(afterStart(build, 'm').target.dependsOn).toEqual([{ target: 'go-start', projects: ['m'] }]);
  const waiting = { ...build, target: { ...build.target, dependsOn: ['^generate'] } };
  expect(afterStart(waiting, 'm')).toBe(waiting);
  const tidy = { ...build, target: { executor: 'nx-gopher:tidy' } };
  expect(afterStart(tidy, 'm')).toBe(tidy);
});

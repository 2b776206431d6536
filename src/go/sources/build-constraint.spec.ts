import { describe, expect, it } from '@jest/globals';

import type { BuildConfiguration } from '../configuration/build-configuration.js';
import { evaluateConstraint, isFileNameIncluded, tagMatcher } from './build-constraint.js';

const LINUX: BuildConfiguration = {
  goos: 'linux',
  goarch: 'amd64',
  variant: 'v2',
  cgo: true,
  tags: ['integration'],
  race: false,
  msan: false,
  asan: false,
  experiment: '',
  compilers: [],
};
const matches = tagMatcher(LINUX);

describe('evaluateConstraint', () => {
  it.each([
    ['linux', true],
    ['!linux', false],
    ['windows || linux && amd64', true],
    ['(windows || linux) && arm64', false],
    ['windows && x || linux', true],
    ['linux || windows && (', undefined],
    ['!(windows||darwin)', true],
    ['integration&&!ignore', true],
    ['!!linux', undefined],
    ['!(!linux)', true],
    ['', undefined],
    ['(linux', undefined],
    ['linux darwin', undefined],
    ['linux & amd64', undefined],
    ['a-b', undefined],
    ['linux)', undefined],
  ])('%s', (expression, expected) => {
    if (expected === undefined) expect(() => evaluateConstraint(expression, matches)).toThrow();
    else expect(evaluateConstraint(expression, matches)).toBe(expected);
  });
});

describe('tagMatcher', () => {
  const on = (configuration: Partial<BuildConfiguration>, tag: string, minor?: number): boolean =>
    tagMatcher({ ...LINUX, ...configuration }, minor)(tag);

  it.each([
    [{}, 'unix', true],
    [{ goos: 'windows' }, 'unix', false],
    [{ goos: 'android' }, 'linux', true],
    [{ goos: 'ios' }, 'darwin', true],
    [{ goos: 'darwin' }, 'ios', false],
    [{}, 'gc', true],
    [{}, 'gccgo', false],
    [{ cgo: false }, 'cgo', false],
    [{}, 'race', false],
    [{ race: true }, 'race', true],
    [{ asan: true }, 'asan', true],
    [{ tags: ['windows'] }, 'windows', true],
    [{}, 'amd64.v1', true],
    [{}, 'amd64.v2', true],
    [{}, 'amd64.v3', false],
    [{ goarch: 'arm', variant: '6,softfloat' }, 'arm.6', true],
    [{ goarch: 'arm', variant: '6' }, 'arm.7', false],
    [{ goarch: 'arm64', variant: 'v9.1' }, 'arm64.v8.6', true],
    [{ goarch: 'arm64', variant: 'v8.2,lse' }, 'arm64.v8.3', false],
    [{ goarch: '386', variant: 'sse2' }, '386.sse2', true],
    [{ goarch: 'ppc64le', variant: 'power9' }, 'ppc64le.power8', true],
    [{ goarch: 'riscv64', variant: 'rva22u64' }, 'riscv64.rva22u64', true],
    [{ goarch: 'riscv64', variant: 'rva20u64' }, 'riscv64.rva22u64', false],
    [{ goarch: 'wasm', variant: '' }, 'wasm.signext', true],
    [{ experiment: 'jsonv2,nogreenteagc' }, 'goexperiment.jsonv2', true],
    [{ experiment: 'jsonv2,nogreenteagc' }, 'goexperiment.greenteagc', false],
    [{ experiment: 'boringcrypto' }, 'boringcrypto', true],
    [{}, 'goexperiment.regabiargs', true],
    [{}, 'go1.1', true],
    [{}, 'go1.99', true],
    [{}, 'go1.0', false],
    [{}, 'go1.21.3', false],
    [{}, '', false],
  ])('%j %s', (configuration, tag, expected) => expect(on(configuration, tag)).toBe(expected));

  it('ends the releases at a known one', () => {
    expect(on({}, 'go1.24', 24)).toBe(true);
    expect(on({}, 'go1.25', 24)).toBe(false);
  });
});

describe('isFileNameIncluded', () => {
  it.each([
    ['a.go', true],
    ['linux.go', true],
    ['windows.go', true],
    ['windows_test.go', true],
    ['a_linux.go', true],
    ['a_windows.go', false],
    ['a_windows_test.go', false],
    ['a_windows_amd64.go', false],
    ['a_linux_amd64.s', true],
    ['a_linux_arm64.go', false],
    ['a_windows_linux.go', true],
    ['windows_amd64.go', true],
    ['windows_arm64.go', false],
    ['a_unix.go', true],
    ['a_nacl.go', false],
    ['a_sparc64.c', false],
    ['a.b_windows.go', true],
    ['a_windows.b.go', false],
    ['a_test_windows.go', false],
    ['a_windows_x.go', true],
  ])('%s', (name, expected) => expect(isFileNameIncluded(name, matches)).toBe(expected));

  it('takes files of linux for android', () => {
    const android = tagMatcher({ ...LINUX, goos: 'android' });
    expect(isFileNameIncluded('a_linux.go', android)).toBe(true);
    expect(isFileNameIncluded('a_android.go', matches)).toBe(false);
  });
});

import { describe, expect, it } from '@jest/globals';

import { parseOptions } from './options.js';

it('completes missing options', () => {
  const options = parseOptions(undefined);
  expect(options.granularity).toBe('package');
  expect(options.targets.build).toEqual({ targetName: 'build', options: {}, configurations: {} });
});

it('takes a renamed, a changed and a switched-off target', () => {
  const { targets } = parseOptions({
    build: { targetName: 'compile', goos: 'linux', configurations: { pi: { goarch: 'arm64' } } },
    vet: false,
  });
  expect(targets.build).toEqual({
    targetName: 'compile',
    options: { goos: 'linux' },
    configurations: { pi: { goarch: 'arm64' } },
  });
  expect(targets.vet).toBeUndefined();
});

describe('bad options', () => {
  it.each([
    [{ granularty: 'module' }, 'no option "granularty". Did you mean "granularity"?'],
    [{ build: { gooos: 'linux' } }, 'no option "build.gooos". Did you mean "build.goos"?'],
    [{ build: { configurations: { pi: { goarhc: 'arm' } } } }, 'Did you mean "build.configurations.pi.goarch"?'],
    [{ granularity: 'file' }, '"granularity" of nx-gopher must be "package" or "module", not "file"'],
    [{ build: { trimpath: 'yes' } }, '"build.trimpath" of nx-gopher is "yes", but takes a boolean. Write true.'],
    [{ package: { files: [5] } }, '"package.files.0" of nx-gopher is 5, but takes a string or an object'],
    [{ test: true }, '"test" of nx-gopher must be an object, not true'],
    [{ include: 'svc' }, '"include" of nx-gopher must be a list of globs'],
  ])('%j', (raw, message) => expect(() => parseOptions(raw)).toThrow(message));
});

import { describe, expect, it } from '@jest/globals';

import { filledOptions, outerVariables, variableProblems } from './option-variables.js';

const ENV = { VERSION: '1.2', PATH: '/bin', SDK: '/sdk' };

describe('variables', () => {
  it('are filled in wherever texts stand', () => {
    const options = {
      ldflags: ['-s', '-X main.v=$VERSION'],
      args: '-v=${VERSION}',
      image: { tag: '$VERSION', labels: { version: 'v$VERSION' }, cmd: ['sh', '-c', 'echo $VERSION'] },
      race: true,
      count: 2,
    };
    expect(filledOptions(options, ENV)).toEqual({
      ldflags: ['-s', '-X main.v=1.2'],
      args: '-v=1.2',
      image: { tag: '1.2', labels: { version: 'v1.2' }, cmd: ['sh', '-c', 'echo $VERSION'] },
      race: true,
      count: 2,
    });
    expect(outerVariables(options)).toEqual(['VERSION']);
  });

  it('of the option env come first, and may hold others', () => {
    const options = {
      ldflags: '-X main.v=$VERSION -X main.cc=$CC -X main.path=$PATH',
      env: { VERSION: '3', CC: '$BIN/cc', BIN: '$SDK/bin', PATH: '$BIN:$PATH', LOOP: '${LOOP:-end}' },
    };
    expect(filledOptions(options, ENV)).toEqual({
      ldflags: '-X main.v=3 -X main.cc=/sdk/bin/cc -X main.path=/sdk/bin:/bin',
      env: { VERSION: '3', CC: '/sdk/bin/cc', BIN: '/sdk/bin', PATH: '/sdk/bin:/bin', LOOP: 'end' },
    });
    expect(outerVariables(options)).toEqual(['LOOP', 'PATH', 'SDK']);
  });

  it('that refer to each other in a circle end at the environment', () => {
    const options = { env: { A: '$B', B: '$A' } };
    expect(filledOptions(options, { A: '1', B: '2' })).toEqual({ env: { A: '1', B: '2' } });
    expect(outerVariables(options)).toEqual(['A', 'B']);
  });

  it('are none in regular expressions', () => {
    const options = { run: '^TestA$|$B', skip: '$(x)', bench: '`' };
    expect(filledOptions(options, {})).toEqual(options);
    expect([outerVariables(options), variableProblems(options)]).toEqual([[], []]);
  });

  it.each(['constructor', 'toString', '__proto__'])('are not set by being called %s', (name) => {
    expect(() => filledOptions({ args: `$${name}` }, {})).toThrow(
      `args holds the variable $${name}, which is not set, or empty`,
    );
  });

  it('of the environment that are empty count as not set, for they have one hash', () => {
    const empty = { ...ENV, VERSION: '' };
    expect(() => filledOptions({ ldflags: '$VERSION' }, empty)).toThrow('$VERSION, which is not set, or empty');
    expect(filledOptions({ ldflags: '${VERSION:-dev}' }, empty)).toEqual({ ldflags: 'dev' });
    expect(filledOptions({ ldflags: '[$VERSION]', env: { VERSION: '' } }, ENV)).toMatchObject({ ldflags: '[]' });
  });

  it('that are not set are named with what to do', () => {
    expect(() => filledOptions({ ldflags: ['-X main.v=$GONE'] }, ENV)).toThrow(
      'ldflags.0 holds the variable $GONE, which is not set, or empty. Set it before nx (GONE=… nx …) or in a .env file, or give ' +
        'a default: ${GONE:-…}. For a literal $ write \\\\$ in JSON.',
    );
  });
});

describe('a problem', () => {
  it.each([
    [{ ldflags: ['-s', '-X main.v=$(git describe)'] }, 'ldflags.1', 'holds $(git describe), but no shell runs it'],
    [{ env: { A: '`date`' } }, 'env.A', 'holds `date`, but no shell runs it'],
    [{ outputPath: 'dist/app-$VERSION' }, 'outputPath', 'holds the variable $VERSION, but what a target reads and'],
    [{ goos: '$TARGET' }, 'goos', 'Write the value; where there are several, write a configuration for each.'],
    [{ tags: ['a', '$TAG'] }, 'tags.1', 'holds the variable $TAG, but what a target reads and writes'],
    [{ env: { GOFLAGS: '-tags=$TAG' } }, 'env.GOFLAGS', 'holds the variable $TAG, but what a target reads and writes'],
    [{ env: { GOAMD64: '$V' } }, 'env.GOAMD64', 'holds the variable $V, but what a target reads and writes'],
    [{ files: [{ source: '$X/y' }] }, 'files.0.source', 'holds the variable $X, but what a target reads and writes'],
    [{ outputPath: 'dist/$(x)' }, 'outputPath', 'holds $(x), but no shell runs it'],
  ])('of %j', (options, path, message) => {
    expect(variableProblems(options)).toEqual([
      { option: path.split('.')[0], path, message: expect.stringContaining(message) },
    ]);
  });

  it('is said once for an option', () => {
    expect(variableProblems({ args: ['$(a)', '$(b)'], ldflags: '$A' }).map(({ path }) => path)).toEqual(['args.0']);
  });
});

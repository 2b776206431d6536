import { describe, expect, it } from '@jest/globals';

import { WRONG_VALUES } from '../../../testing/options/wrong-values.js';
import { ByName } from '../../by-name.js';
import { parseOptions } from './options.js';

it('completes missing options', () => {
  const options = parseOptions(undefined);
  expect(options.granularity).toBe('package');
  expect(options.problems).toEqual([]);
  expect(options.targets.build).toEqual({
    targetName: 'build',
    options: {},
    configurations: new ByName(),
    problems: [],
  });
});

it('takes a renamed, a changed and a switched-off target', () => {
  const { targets } = parseOptions({
    build: { targetName: 'compile', goos: 'linux', configurations: { pi: { goarch: 'arm64' } } },
    vet: false,
  });
  expect(targets.build).toEqual({
    targetName: 'compile',
    options: { goos: 'linux' },
    configurations: new ByName([['pi', { goarch: 'arm64' }]]),
    problems: [],
  });
  expect(targets.vet).toBeUndefined();
});

it('looks for vulnerabilities only where asked to', () => {
  expect(parseOptions({}).targets.vuln).toBeUndefined();
  expect(parseOptions({ vuln: false }).targets.vuln).toBeUndefined();
  expect(parseOptions({ vuln: {} }).targets.vuln).toMatchObject({ targetName: 'vuln', problems: [] });
});

describe('of bad options the default holds, and is said', () => {
  it.each([
    [5, '"the options of nx-gopher" of nx-gopher must be an object, not 5'],
    [{ granularty: 'module' }, 'no option "granularty". Did you mean "granularity"?'],
    [{ granularity: 'file' }, '"granularity" of nx-gopher must be "package" or "module", not "file"'],
    [{ include: 'svc' }, '"include" of nx-gopher must be a list of globs, not "svc"'],
    [{ exclude: [5] }, '"exclude" of nx-gopher must be a list of globs, not [5]'],
    [{ onWrongCacheEntry: 'retry' }, '"onWrongCacheEntry" of nx-gopher must be "fail" or "rebuild", not "retry"'],
    [{ trust: { publicKeys: 'x' } }, '"trust.publicKeys" of nx-gopher must be a list of public keys'],
  ])('for all targets: %j', (raw, message) => {
    const { problems, targets, ...rest } = parseOptions(raw);
    expect(problems).toEqual([expect.stringContaining(message)]);
    expect(rest).toEqual({ granularity: 'package', include: [], exclude: [] });
    const inferred = Object.values(targets).filter((target) => target !== undefined);
    expect(inferred.length).toBeGreaterThan(5);
    for (const target of inferred) expect(target.problems).toEqual(problems);
  });

  it.each([
    [{ build: { gooos: 'linux' } }, 'no option "build.gooos". Did you mean "build.goos"?'],
    [{ build: { configurations: 5 } }, '"build.configurations" of nx-gopher must be an object, not 5'],
    [{ build: { targetName: 5 } }, '"build.targetName" of nx-gopher must be a string, not 5'],
    [{ build: true }, '"build" of nx-gopher must be an object, not true'],
    [{ build: { ldflags: '-X main.v=$(date)' } }, '"build.ldflags" of nx-gopher holds $(date), but no shell runs it'],
    [{ build: { outputPath: '$OUT' } }, '"build.outputPath" of nx-gopher holds the variable $OUT'],
  ])('for the targets of one kind: %j', (raw, message) => {
    const { problems, targets } = parseOptions({ ...raw, test: { short: true } });
    expect(problems).toEqual([]);
    expect(targets.build).toEqual({
      targetName: 'build',
      options: {},
      configurations: new ByName(),
      problems: [expect.stringContaining(message)],
    });
    expect(targets.test).toMatchObject({ options: { short: true }, problems: [] });
  });

  it('in a configuration', () => {
    const { build } = parseOptions({
      build: { configurations: { pi: { goarhc: 'arm', race: 'no', goos: 'linux' } } },
    }).targets;
    expect(build?.configurations).toEqual(new ByName([['pi', { goos: 'linux' }]]));
    expect(build?.problems).toEqual([
      'nx.json: nx-gopher has no option "build.configurations.pi.goarhc". Did you mean "build.configurations.pi.goarch"?',
      'nx.json: "build.configurations.pi.race" of nx-gopher is "no", but takes a boolean. Write false.',
    ]);
    expect(parseOptions({ package: { configurations: {} } }).targets.package?.problems).toEqual([
      expect.stringContaining('no option "package.configurations"'),
    ]);
  });

  it.each(WRONG_VALUES.filter(([, , message]) => !/^\w+ has no option/.test(message)))(
    'of %s: %j',
    (kind, options, message) => {
      const { targets } = parseOptions({ [kind]: options });
      const [path = '', ...words] = message.split(' ');
      expect(targets[kind]?.problems).toEqual([`nx.json: "${kind}.${path}" of nx-gopher ${words.join(' ')}`]);
      expect(targets[kind]?.options).toEqual({});
    },
  );
});

import type { TestInsight, TestTimes } from '../../report.js';
import type { Part, Section } from '../content.js';

/** How many packages the chart names. */
const CHARTED = 15;

/** How long tests take, which are flaky, and what has none. */
export function testSection({ times, untested }: TestInsight): Pick<Section, 'figures' | 'parts'> {
  return {
    figures: [
      ...(times ? figures(times) : []),
      { label: 'Packages without tests', value: untested.length, unit: 'count' },
    ],
    parts: [
      ...(times ? timeParts(times) : []),
      {
        ...{ kind: 'table', title: 'Packages without tests', none: 'Every package has tests.' },
        columns: [{ title: 'Package', unit: 'text' }],
        rows: untested.map((dir) => [dir]),
      },
    ],
  };
}

function figures({ packages, flaky }: TestTimes): Section['figures'] {
  return [
    { label: 'All tests', value: packages.reduce((sum, one) => sum + one.milliseconds, 0), unit: 'milliseconds' },
    { label: 'Flaky tasks', value: new Set(flaky.map(({ task }) => task)).size, unit: 'count' },
  ];
}

function timeParts({ packages, slowest, flaky }: TestTimes): Part[] {
  return [
    {
      ...{ kind: 'bars', title: 'Packages whose tests take longest', unit: 'milliseconds' },
      bars: packages.slice(0, CHARTED).map(({ name, milliseconds }) => ({ name, value: milliseconds })),
    },
    ...timeTables(packages, slowest),
    flakyTasks(flaky),
  ];
}

function timeTables(packages: TestTimes['packages'], slowest: TestTimes['slowest']): Part[] {
  return [
    {
      ...{ kind: 'table', title: 'Test time by package', none: 'No test has run.' },
      columns: [
        { title: 'Package', unit: 'text' },
        { title: 'Time', unit: 'milliseconds' },
      ],
      rows: packages.map(({ name, milliseconds }) => [name, milliseconds]),
    },
    {
      ...{ kind: 'table', title: 'Slowest tests', none: 'No test has run.' },
      columns: [
        { title: 'Test', unit: 'text' },
        { title: 'Package', unit: 'text' },
        { title: 'Time', unit: 'milliseconds' },
      ],
      rows: slowest.map(({ test, package: name, milliseconds }) => [test, name, milliseconds]),
    },
  ];
}

function flakyTasks(flaky: TestTimes['flaky']): Part {
  return {
    ...{ kind: 'table', title: 'Flaky: failed and passed with the same hash', none: 'No task is flaky.' },
    columns: [
      { title: 'Task', unit: 'text' },
      { title: 'Failed (UTC)', unit: 'time' },
      { title: 'Passed (UTC)', unit: 'time' },
      { title: 'Hash', unit: 'text' },
    ],
    rows: flaky.map(({ task, hash, failed, passed }) => [task, failed, passed, hash]),
  };
}

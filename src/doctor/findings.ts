import type { Diagnosis, Finding } from './diagnosis.js';

/** Most tasks that a finding names. */
const MOST = 5;

/** What of a diagnosis costs cache hits, or would on another machine. */
export function findings(diagnosis: Diagnosis): Finding[] {
  return [
    ...uncached(diagnosis),
    ...machine(diagnosis),
    ...files(diagnosis),
    ...inputs(diagnosis),
    ...tests(diagnosis),
  ];
}

function uncached({ tasks }: Diagnosis): Finding[] {
  const byReason = new Map<string, string[]>();
  for (const [task, { reasons }] of Object.entries(tasks)) {
    for (const reason of reasons) byReason.set(reason, [...(byReason.get(reason) ?? []), task]);
  }
  return [...byReason].map(([reason, names]) => loses(`${reason}: ${listed(names)}`));
}

function machine({ settings, changed, cache, uses }: Diagnosis): Finding[] {
  const compilers = Object.keys(settings).filter((name) => name.endsWith(' --version'));
  const setHere = Object.entries(changed).map(([name, value]) => `${name}=${value}`);
  return [
    ...cache.map((setting) => loses(`${setting} switches off Nx's cache`)),
    ...(setHere.length
      ? [
          loses(
            `set on this machine, by the environment or \`go env -w\`: ${setHere.join(', ')}. Write it into the options of the targets, or set it everywhere`,
          ),
        ]
      : []),
    ...(compilers.length
      ? [
          info(
            `${Math.max(...compilers.map((name) => uses[name] ?? 0))} tasks use cgo, so their hashes hold the compilers (${compilers.map((name) => settings[name]).join('; ')}). With "cgo": false they do not`,
          ),
        ]
      : []),
  ];
}

function files({ outside, ignored, uncommitted }: Diagnosis): Finding[] {
  return [
    ...outside.map((what) => loses(`${what}, outside the workspace: no hash covers it`)),
    ...(Object.keys(ignored).length
      ? [info(`tasks read files that git ignores; every machine needs the same: ${listed(Object.keys(ignored))}`)]
      : []),
    ...(Object.keys(uncommitted).length ? [info(`not committed: ${listed(Object.keys(uncommitted))}`)] : []),
  ];
}

function inputs({ missingInputs = [] }: Diagnosis): Finding[] {
  const lines = missingInputs.map((name) => `"${name}": []`).join(', ');
  return lines
    ? [
        info(
          `the inputs name every package one by one; with \`"namedInputs": { ${lines} }\` in nx.json the graph is smaller`,
        ),
      ]
    : [];
}

function tests({ tasks }: Diagnosis): Finding[] {
  return Object.keys(tasks).some((task) => task.endsWith(':test'))
    ? [info('to find what tests read beyond their inputs, run `nx run-many -t test --auditReads`')]
    : [];
}

function loses(text: string): Finding {
  return { loses: true, text };
}

function info(text: string): Finding {
  return { loses: false, text };
}

function listed(names: readonly string[]): string {
  const more = names.length - MOST;
  return names.slice(0, MOST).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

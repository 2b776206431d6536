import type { Diagnosis } from './diagnosis.js';

type Values = Readonly<Record<string, string>>;

/** Most names that a line lists. */
const MOST = 8;

/** Says how two machines differ in what decides about shared cache hits; empty when nothing does. */
export function compare(here: Diagnosis, there: Diagnosis): string[] {
  const single = (what: string, one: string, other: string, remedy: string): string[] =>
    one === other ? [] : [`${what}: ${one || 'none'} here, ${other || 'none'} there. ${remedy}`];
  return [
    ...single('nx-gopher', here.plugin, there.plugin, 'Install the same version on both.'),
    ...single('Nx', here.nx, there.nx, 'Install the same version on both.'),
    ...single('commit', here.commit.slice(0, 12), there.commit.slice(0, 12), 'Compare the same commit.'),
    ...different('uncommitted files', here.uncommitted, there.uncommitted),
    ...settings(here, there),
    ...different('external modules', here.modules, there.modules),
    ...different('files that git ignores', here.ignored, there.ignored),
    ...different('tasks', states(here), states(there)),
    ...onlyIn('settings of the cache', here.cache, there.cache),
  ];
}

/** What may differ between two machines though nothing tells: a diagnosis knows that it is there, not what is in it. */
export function incomparable(here: Diagnosis, there: Diagnosis): string[] {
  return [...new Set([...here.outside, ...there.outside])].sort();
}

/** Each setting with both values, and how many tasks it decides about. */
function settings(here: Diagnosis, there: Diagnosis): string[] {
  const names = differing(here.settings, there.settings);
  return names.map((name) => {
    const tasks = Math.max(here.uses[name] ?? 0, there.uses[name] ?? 0);
    return `${name}: ${shown(here.settings[name])} here, ${shown(there.settings[name])} there; in the hash of ${tasks} tasks`;
  });
}

function states({ tasks }: Diagnosis): Values {
  return Object.fromEntries(
    Object.entries(tasks).map(([task, { cached, reasons }]) => [
      task,
      cached ? 'cached' : `not cached (${reasons.join('; ')})`,
    ]),
  );
}

function different(what: string, here: Values, there: Values): string[] {
  const lines = differing(here, there).map((name) => {
    if (!(name in here)) return `${name} only there`;
    if (!(name in there)) return `${name} only here`;
    const values = what === 'tasks' ? `: ${here[name]} here, ${there[name]} there` : '';
    return `${name}${values}`;
  });
  return lines.length ? [`${what}: ${listed(lines)}`] : [];
}

function onlyIn(what: string, here: readonly string[], there: readonly string[]): string[] {
  const lines = [
    ...here.filter((one) => !there.includes(one)).map((one) => `${one} only here`),
    ...there.filter((one) => !here.includes(one)).map((one) => `${one} only there`),
  ];
  return lines.length ? [`${what}: ${listed(lines)}`] : [];
}

function differing(here: Values, there: Values): string[] {
  return [...new Set([...Object.keys(here), ...Object.keys(there)])]
    .filter((name) => here[name] !== there[name])
    .sort();
}

function listed(lines: readonly string[]): string {
  const more = lines.length - MOST;
  return lines.slice(0, MOST).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

function shown(value: string | undefined): string {
  return value === undefined ? 'not asked' : value === '' ? 'empty' : value;
}

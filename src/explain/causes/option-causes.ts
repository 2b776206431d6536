import type { Cause } from './cause.js';

/** Most characters of a value that a cause shows. */
const LONGEST = 80;

/** The keys of a project's configuration that differ, each with its path: `cmd/api:build options.ldflags`. */
export function optionCauses(project: string, before: string | undefined, after: string | undefined): Cause[] {
  if (before === undefined || after === undefined)
    return [{ kind: 'option', name: `the configuration of ${project}`, ...oneSided(before, after) }];
  const [from, to] = [before, after].map((text) => leaves(JSON.parse(text))) as [
    Map<string, string>,
    Map<string, string>,
  ];
  const paths = [...new Set([...from.keys(), ...to.keys()])].filter((path) => from.get(path) !== to.get(path));
  if (paths.length === 0) return [{ kind: 'option', name: `the configuration of ${project}` }];
  return paths.map((path) => {
    const [was, is] = [from.get(path), to.get(path)];
    return {
      kind: 'option',
      name: nameOf(project, path),
      ...(was === undefined ? {} : { from: shortened(was) }),
      ...(is === undefined ? {} : { to: shortened(is) }),
    };
  });
}

/** One of both may be unknown: the project is new, or gone. */
function oneSided(before: string | undefined, after: string | undefined): { from?: string; to?: string } {
  return { ...(before === undefined ? {} : { from: 'there' }), ...(after === undefined ? {} : { to: 'there' }) };
}

/** What has no keys of its own, as JSON by its path; lists stand whole. */
function leaves(value: unknown, path: readonly string[] = []): Map<string, string> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return new Map([[path.join('\0'), JSON.stringify(value)]]);
  return new Map(Object.entries(value).flatMap(([key, one]) => [...leaves(one, [...path, key])]));
}

function nameOf(project: string, path: string): string {
  const [first, target, ...rest] = path.split('\0');
  return first === 'targets' && target !== undefined
    ? `${project}:${target} ${rest.join('.')}`
    : `${project} ${path.replaceAll('\0', '.')}`;
}

function shortened(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}

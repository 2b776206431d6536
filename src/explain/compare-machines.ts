import { compare } from '../doctor/compare.js';
import type { Diagnosis } from '../doctor/diagnosis.js';
import { isInParts } from './explain-file.js';
import { hashPart } from './parts/hash-part.js';

/**
 * How two machines differ in what decides about one task, as lines: a part of what `nx-gopher doctor --compare` says.
 *
 * @param parts the names of the parts of the task's hash.
 */
export function compareForTask(task: string, parts: readonly string[], here: Diagnosis, there: Diagnosis): string[] {
  return compare(ofTask(task, parts, here), ofTask(task, parts, there));
}

function ofTask(task: string, names: readonly string[], diagnosis: Diagnosis): Diagnosis {
  const parts = names.map(hashPart);
  const modules = new Set(parts.flatMap((part) => (part.kind === 'module' ? [part.path] : [])));
  const manifests = new Set(names.filter((name) => name.startsWith('go:')));
  const settings = new Set(
    parts.flatMap((part) =>
      part.kind === 'command'
        ? [part.command, ...part.command.split(' ')]
        : part.kind === 'variable'
          ? [part.name]
          : [],
    ),
  );
  const isModule = (name: string): boolean =>
    manifests.has(name) || modules.has(name.replace(/^go:/, '').replace(/@.*$/, ''));
  return {
    ...diagnosis,
    uncommitted: only(diagnosis.uncommitted, (path) => isInParts(path, names)),
    settings: only(diagnosis.settings, (name) => settings.has(name.replace(/ in .*$/, ''))),
    modules: only(diagnosis.modules, isModule),
    ignored: only(diagnosis.ignored, (path) => isInParts(path, names)),
    tasks: only(diagnosis.tasks, (name) => name === task),
  };
}

function only<Value>(
  values: Readonly<Record<string, Value>>,
  isWanted: (name: string) => boolean,
): Readonly<Record<string, Value>> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => isWanted(name)));
}

import { readFileSync } from 'node:fs';

import { BATCHED_KINDS, type TargetKind } from '../../facts/target-kinds.js';
import { nearestName } from '../../nearest-name.js';
import { valueProblems } from '../../schemas/option-problems.js';
import { packageFile } from '../../package-root.js';

/**
 * The message for options that an executor does not have; undefined when it has them all.
 *
 * The schemas let Nx pass unknown options on: at one it would refuse, its batch worker dies without naming it, and
 * takes all tasks of the batch along.
 */
export function unknownOptions(executor: TargetKind, options: object): string | undefined {
  const names = knownOptions(executor);
  const { _: positional, ...named } = options as Record<string, unknown>;
  if ('kind' in named && !names.includes('kind')) {
    const kinds = BATCHED_KINDS.join(', ');
    return `nx-gopher:go needs an option "kind" that is one of ${kinds}; nx-gopher:${executor} has none.\n`;
  }
  const unknown = Object.keys(named).filter((name) => !names.includes(name));
  const messages = unknown.map(
    (name) => `nx-gopher:${executor} has no option "${name}". Did you mean "${nearestName(name, names)}"?\n`,
  );
  if (positional !== undefined) messages.push(`nx-gopher:${executor} takes no arguments: ${String(positional)}\n`);
  return messages.join('') || undefined;
}

/** The message for options whose values are of a wrong type; undefined when all are right. */
export function wrongValues(executor: TargetKind, options: object): string | undefined {
  const problems = valueProblems(executor, { ...options });
  return problems.map(({ path, message }) => `nx-gopher:${executor}: ${path} ${message}\n`).join('') || undefined;
}

function knownOptions(executor: TargetKind): string[] {
  const file = packageFile('src/executors', executor, 'schema.json');
  return Object.keys((JSON.parse(readFileSync(file, 'utf8')) as { properties: object }).properties);
}

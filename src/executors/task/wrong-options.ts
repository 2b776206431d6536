import { BATCHED_KINDS, type TargetKind } from '../../facts/target-kinds.js';
import { nearestName } from '../../nearest-name.js';
import { executorSchema } from '../../schemas/executor-schema.js';
import { valueProblems } from '../../schemas/option-problems.js';

/**
 * The message for options that an executor does not have or whose values are wrong; undefined when all are right.
 *
 * The schemas let Nx pass all options on: at one it would refuse, its batch worker dies without naming it, and takes
 * all tasks of the batch along.
 */
export function wrongOptions(executor: TargetKind, options: object): string | undefined {
  const names = Object.keys(executorSchema(executor).properties);
  const { _: positional, ...named } = options as Record<string, unknown>;
  if ('kind' in named && !names.includes('kind')) {
    const kinds = BATCHED_KINDS.join(', ');
    return `nx-gopher:go needs an option "kind" that is one of ${kinds}; nx-gopher:${executor} has none.\n`;
  }
  // Nx hands its own --verbose on to every task.
  const unknown = Object.keys(named).filter((name) => !names.includes(name) && name !== 'verbose');
  const messages = unknown.map(
    (name) => `nx-gopher:${executor} has no option "${name}". Did you mean "${nearestName(name, names)}"?\n`,
  );
  if (positional !== undefined) messages.push(`nx-gopher:${executor} takes no arguments: ${String(positional)}\n`);
  return messages.join('') || wrongValues(executor, named);
}

function wrongValues(executor: TargetKind, options: Readonly<Record<string, unknown>>): string | undefined {
  const problems = valueProblems(executor, options);
  return problems.map(({ path, message }) => `nx-gopher:${executor}: ${path} ${message}\n`).join('') || undefined;
}

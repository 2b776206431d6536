import type { Diagnosis } from './diagnosis.js';
import { findings } from './findings.js';

/** A diagnosis as text for a terminal: what is in the hashes, and what costs cache hits. */
export function printed(diagnosis: Diagnosis): string {
  const { plugin, nx, commit, settings, tasks, modules } = diagnosis;
  const states = Object.values(tasks);
  const remarks = findings(diagnosis);
  const problems = remarks.filter(({ loses }) => loses);
  return [
    `nx-gopher ${plugin}, Nx ${nx}${commit ? `, commit ${commit.slice(0, 12)}` : ''}`,
    `${states.filter(({ cached }) => cached).length} of ${states.length} Go tasks are cached; ${Object.keys(modules).length} external modules and go versions`,
    '',
    'In the hashes; machines share hits only where these are equal:',
    ...Object.entries(settings)
      .filter(([, value]) => value !== '')
      .map(([name, value]) => `  ${name}: ${value}`),
    '',
    ...section('Prevents cache hits:', problems),
    ...section(
      'Good to know:',
      remarks.filter(({ loses }) => !loses),
    ),
    ...(problems.length ? [] : ['Nothing prevents machines from sharing hits.']),
  ].join('\n');
}

/**
 * How two machines differ as text for a terminal.
 *
 * @param unknown what cannot be compared.
 */
export function printedComparison(differences: readonly string[], unknown: readonly string[]): string {
  const none = unknown.length
    ? 'No difference in what can be compared.'
    : 'No difference: both machines share all cache hits of Go tasks.';
  return [
    ...(differences.length
      ? ['These differences prevent the two machines from sharing hits:', ...points(differences)]
      : [none]),
    ...(unknown.length ? ['Outside the workspace, so it cannot be compared:', ...points(unknown)] : []),
  ].join('\n');
}

function section(title: string, found: readonly { readonly text: string }[]): string[] {
  return found.length ? [title, ...points(found.map(({ text }) => text)), ''] : [];
}

function points(texts: readonly string[]): string[] {
  return texts.map((text) => `  - ${text}`);
}

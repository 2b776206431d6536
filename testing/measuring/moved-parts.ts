import type { Measurement } from './measure.js';

/** The parts of a task's hash that differ between two measurements, e.g. `lib/price:goSources, + go:x@v1.1.0`. */
export function movedParts(before: Measurement, after: Measurement, task: string): string[] {
  const [from, to] = [before.tasks[task]?.parts, after.tasks[task]?.parts];
  if (!from || !to) return [from ? 'the task is gone' : 'the task is new'];
  const names = [...new Set([...Object.keys(from), ...Object.keys(to)])].filter((name) => from[name] !== to[name]);
  return names.map((name) => `${name in from ? (name in to ? '' : '− ') : '+ '}${shortened(name)}`);
}

/** File sets are long; their project and first glob tell which they are. */
function shortened(part: string): string {
  return part.length > 80 ? `${part.slice(0, 80)}…` : part;
}

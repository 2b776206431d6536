import { counted } from '../../counted.js';
import type { GoSession, Summary } from '../task/session.js';
import type { Allowed } from './allow-list.js';
import type { ScanTask } from './prepare-scan.js';

/** What was found in one program. */
interface Found {
  readonly failing: readonly string[];
  readonly accepted: readonly Allowed[];
  readonly found: readonly string[];
}

/** What one run has found in all programs that it looked into; of those from the cache Nx prints what they said. */
export class ScanSummary implements Summary {
  readonly #programs = new Map<ScanTask, Found>();

  /** The summary of a run, which is told at its end. */
  static of(session: GoSession): ScanSummary {
    const known = [...session.summaries].find((one) => one instanceof ScanSummary) ?? new ScanSummary();
    session.summaries.add(known);
    return known;
  }

  add(task: ScanTask, found: Found): void {
    this.#programs.set(task, found);
  }

  text(): string {
    const failing = new Map<string, string[]>();
    for (const [{ project }, found] of this.#programs)
      for (const id of found.failing) failing.set(id, [...(failing.get(id) ?? []), project]);
    const programs = counted(this.#programs.size, 'program');
    const ids = [...failing].sort(([a], [b]) => (a < b ? -1 : 1));
    return [
      `govulncheck: ${programs} checked, vulnerabilities to mend: ${ids.length}\n`,
      ...ids.map(([id, projects]) => `  ${id}: ${projects.sort().join(', ')}\n`),
      ...this.#accepted(),
      ...this.#unused().map(([path, id]) => `  ${path} accepts ${id}, which none of these programs has\n`),
    ].join('');
  }

  /** Nx does not show what tasks that succeed have printed. */
  #accepted(): string[] {
    const lines = [...this.#programs].flatMap(([{ project }, { accepted }]) =>
      accepted.map(({ id, reason, until }) => `  ${id} in ${project} is accepted until ${until}: ${reason}\n`),
    );
    return lines.sort();
  }

  /** Entries that no program needed. Programs whose result came from the cache may need them. */
  #unused(): (readonly [path: string, id: string])[] {
    const found = new Set([...this.#programs.values()].flatMap((one) => one.found));
    const entries = [...this.#programs.keys()].flatMap(({ options, allowed }) =>
      allowed.map(({ id }) => [options.allow ?? '', id] as const),
    );
    const unused = entries.filter(([, id]) => !found.has(id));
    return [...new Map(unused.map((entry) => [entry.join(' '), entry])).values()];
  }
}

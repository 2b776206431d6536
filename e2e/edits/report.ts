import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { temporaryFolder } from '../../testing/workspace/temporary-folder.js';
import type { Edit } from './edit.js';
import type { Verdict } from './judge.js';

/** Collects the rows of one edit table as they are judged, and prints them together. */
export class Report {
  private readonly rows: string[][] = [];
  private faults = 0;
  private afresh = 0;

  /** @param seed what chose the rows that are measured afresh too. */
  constructor(
    private readonly title: string,
    private readonly seed: number,
  ) {}

  add(edit: Edit, verdict: Verdict, afresh: boolean): void {
    if (afresh) this.afresh++;
    this.faults += verdict.faults.length;
    this.rows.push([
      verdict.faults.length ? 'FAULT' : 'ok',
      edit.name,
      names(verdict.moved),
      edit.edit ? (edit.unseen ?? names(verdict.selected)) : 'no file',
      names(verdict.altered),
      [edit.needless, edit.selectedInVain]
        .map((excused) => excused?.because)
        .filter(Boolean)
        .join('; '),
    ]);
  }

  /** Writes the table to the terminal, past jest's own formatting, and as a file. */
  print(): void {
    const head = ['', 'edit', 'hash moved', 'selected', 'bytes moved', 'needless, or selected in vain, because'];
    const lines = [head, ...this.rows].map((row) => `| ${row.join(' | ')} |`);
    lines.splice(1, 0, `|${' --- |'.repeat(head.length)}`);
    const counts = `${this.rows.length} rows, ${this.faults} faults, ${this.afresh} afresh by NX_GOPHER_SEED=${this.seed}`;
    const text = [`\n## ${this.title}: ${counts}\n`, ...lines, ''].join('\n');
    process.stdout.write(`${text}\n`);
    writeFileSync(join(temporaryFolder('reports'), `${this.title.replaceAll(/[^\w.]+/g, '-')}.md`), text);
  }
}

/** Task ids in few words: `a:build, b:build` as `build a b`. */
function names(tasks: readonly string[]): string {
  const ofTarget = (target: string) =>
    tasks.filter((task) => task.endsWith(`:${target}`)).map((task) => task.slice(0, -target.length - 1));
  return (
    ['build', 'test']
      .map((target) => ({ target, projects: ofTarget(target) }))
      .filter(({ projects }) => projects.length)
      .map(({ target, projects }) => `${target} ${projects.join(' ')}`)
      .join('; ') || '–'
  );
}

import { tmpdir } from 'node:os';

import { hasFlag, splitWords } from '../../../go/configuration/words.js';
import { toPosix } from '../../../paths.js';
import { taskEnvironment, type GoSession } from '../../task/session.js';
import { projectFile, type ReadyTask } from '../../task/task.js';
import type { TestExecutorOptions } from '../schema.js';
import { findings, type Surroundings } from './findings.js';
import { InputInspector } from './task-inputs.js';
import { TestLogs } from './test-logs.js';

type TestTask = ReadyTask<TestExecutorOptions>;

/** What an audit has to say of a task. */
export interface AuditReport {
  /** Empty when the inputs name all that the tests read. */
  readonly text: string;
  /** Whether the task has to fail for it. */
  readonly failed: boolean;
}

/** Watches what the tests of one go process read, and holds it against the inputs of their tasks. */
export interface ReadAudit {
  /** The flag that `go test` needs for it. */
  readonly flag: string | undefined;
  /** What the tests of a task, which have ended, read without its inputs naming it. */
  report(task: TestTask, passed: boolean): AuditReport;
  remove(): void;
}

/**
 * Starts an audit of tasks that share a go process.
 *
 * @param first one of them; they agree in directory, environment and flags.
 */
export async function startReadAudit(first: TestTask, session: GoSession): Promise<ReadAudit> {
  const hindrance = auditHindrance(first, await session.goflags(first));
  if (hindrance) {
    const report = (task: TestTask) => ({ text: unaudited(task, hindrance), failed: isStrict(task) });
    return { flag: undefined, report, remove: () => undefined };
  }
  if (!session.projectGraph) throw new Error('auditReads needs the project graph, and Nx gave none.');
  const [inspector, ...dirs] = await Promise.all([
    InputInspector.create(session.projectGraph, session.workspaceRoot),
    ...['GOROOT', 'GOMODCACHE', 'GOCACHE'].map((name) => session.goSetting(first, name)),
  ]);
  const temporary = taskEnvironment(first)['TMPDIR'] ?? tmpdir();
  return new TestLogAudit(inspector, {
    workspaceRoot: session.workspaceRoot,
    startTime: Date.now(),
    accountedFor: [...dirs, temporary].filter(Boolean).map(toPosix),
  });
}

class TestLogAudit implements ReadAudit {
  readonly #logs = new TestLogs();

  constructor(
    private readonly inspector: InputInspector,
    private readonly surroundings: Surroundings,
  ) {}

  get flag(): string {
    return this.#logs.flag;
  }

  report(task: TestTask, passed: boolean): AuditReport {
    const inputs = this.inspector.inputsOf(task);
    const reads = task.packages.map(({ dir }) => this.#logs.readsOf(dir));
    const found = reads.flatMap((read) =>
      typeof read === 'object' ? [findings(read, inputs, this.surroundings)] : [],
    );
    const lines = [...new Set(found.flatMap((own) => own.lines.map((line) => JSON.stringify(line))))];
    const unhashable = [...new Set(found.flatMap((own) => own.unhashable))];
    // Tests that fail may have been ended before they could write it, and are not cached.
    const silent = passed && reads.includes('incomplete');
    return {
      text:
        linesToAdd(task, lines) +
        beyondHashes(task, unhashable) +
        (silent ? unaudited(task, 'they left no log, perhaps because a TestMain does not call Run') : ''),
      failed: isStrict(task) && (lines.length > 0 || silent),
    };
  }

  remove(): void {
    this.#logs.remove();
  }
}

function isStrict(task: TestTask): boolean {
  return task.options.auditReads === 'strict';
}

function unaudited(task: TestTask, reason: string): string {
  return `nx-gopher: the audit could not see what the tests of ${task.id} read: ${reason}.\n`;
}

/** Why what a task's tests read cannot be known; undefined when it can. */
function auditHindrance({ options }: TestTask, goflags: string): string | undefined {
  if (process.platform === 'win32') return 'auditReads does not work on Windows';
  const exec = hasFlag([...splitWords(options.args), ...splitWords(goflags)], /^exec$/);
  return exec ? 'auditReads does not work with tests that -exec runs' : undefined;
}

function linesToAdd(task: TestTask, lines: readonly string[]): string {
  if (lines.length === 0) return '';
  return (
    `nx-gopher: the tests of ${task.id} read what its inputs do not name, so a cached result could be stale. ` +
    `Add to ${projectFile(task)}:\n` +
    `  { "targets": { ${JSON.stringify(task.target)}: { "inputs": ["...",\n` +
    lines.map((line) => `    ${line}`).join(',\n') +
    `\n  ] } } }\n`
  );
}

function beyondHashes(task: TestTask, paths: readonly string[]): string {
  if (paths.length === 0) return '';
  return `nx-gopher: the tests of ${task.id} read what no input can name:\n${paths.map((path) => `  ${path}\n`).join('')}`;
}

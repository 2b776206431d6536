import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';

import { Epoch, initialState, type EpochPlan } from './epoch.js';
import { Measuring } from './measuring.js';
import type { Kind } from './mutations/kind.js';
import type { ProofOptions } from './options.js';
import { opening } from './report/opening.js';
import { epochLine, fault } from './report/print.js';
import { isFault, totalsByKind, totalsOf, type Report, type RunKey, type StepRecord } from './report/record.js';
import { Sample } from './sample.js';
import { GoTruth } from './truth/go-truth.js';
import type { State } from './verdict.js';
import { proofFolder } from './workspace/proof-folder.js';
import type { Subject } from './workspace/subject.js';

/** A workspace to run over; each job opens a copy for itself. */
export interface SubjectSource {
  readonly name: string;
  open(): Promise<Subject>;
}

export interface SessionOptions extends ProofOptions {
  /** The command that makes the epoch of a step again. */
  readonly again: (record: StepRecord) => string;
}

/** Mutations from one start; afterwards the copy is taken back to its first state. */
export const EPOCH_LENGTH = 25;
const AFRESH_EVERY = 10;
/** Milliseconds. */
const PROGRESS_EVERY = 30_000;

/** A copy in work by one job. */
interface Bench {
  readonly source: SubjectSource;
  readonly subject: Subject;
  readonly measuring: Measuring;
  readonly truth: GoTruth;
  readonly binaries: string;
  readonly sample: Sample;
  readonly initial: State;
}

/** One run of the harness: epochs shared out among jobs, and the report of them. */
export class Session {
  private readonly started = Date.now();
  private readonly steps: StepRecord[] = [];
  private readonly epochs: string[] = [];
  private readonly plans: EpochPlan[];
  private readonly opened = new Set<string>();
  /** Mutations that the run is to make, those of an earlier one that it goes on with included. */
  private readonly planned: number;
  private stopped = false;
  private kept: Subject | undefined;

  constructor(
    private readonly options: SessionOptions,
    private readonly run: RunKey,
    private readonly sources: readonly SubjectSource[],
    private readonly kinds: readonly Kind[],
    earlier: Report | undefined,
  ) {
    const done = new Set(earlier?.epochs);
    this.epochs.push(...done);
    this.steps.push(...(earlier?.steps ?? []).filter(({ subject, epoch }) => done.has(`${subject}/${epoch}`)));
    this.plans = sources
      .flatMap((source) => this.epochsOf(source))
      .filter(({ subject, number }) => !done.has(`${subject}/${number}`));
    this.planned = this.plans.reduce((sum, { length }) => sum + length, this.steps.length);
  }

  /** Ends the run after the mutations under way. */
  stop(): void {
    this.stopped = true;
  }

  async finish(): Promise<Report> {
    const progress = setInterval(() => console.error(this.progress()), PROGRESS_EVERY);
    const jobs = Array.from({ length: this.options.jobs }, () => this.work());
    const results = await Promise.allSettled(jobs);
    clearInterval(progress);
    const report = this.write();
    const failure = results.find((result) => result.status === 'rejected');
    if (failure && !this.stopped) throw failure.reason;
    return report;
  }

  private progress(): string {
    const minutes = ((Date.now() - this.started) / 60_000).toFixed(1);
    if (this.opened.size === 0) return `Making a copy, and building all of it for the first time, ${minutes} min`;
    const faults = this.steps.filter(isFault).length;
    return `${this.steps.length}/${this.planned} mutations, ${minutes} min${faults ? `, ${faults} WITH FAULTS` : ''}`;
  }

  private epochsOf({ name }: SubjectSource): EpochPlan[] {
    const { mutations, seed, only } = this.options;
    const share = Math.ceil(mutations / this.sources.length);
    const plans = Array.from({ length: Math.ceil(share / EPOCH_LENGTH) }, (_, index) => ({
      subject: name,
      seed,
      number: index + 1,
      length: Math.min(EPOCH_LENGTH, share - index * EPOCH_LENGTH),
    }));
    return only === undefined ? plans : [{ subject: name, seed, number: only, length: EPOCH_LENGTH }];
  }

  /** One job: takes epochs until none is left, preferably of the workspace that it has open. */
  private async work(): Promise<void> {
    let bench: Bench | undefined;
    try {
      for (;;) {
        const plan = this.take(bench);
        if (!plan || this.stopped) return;
        if (bench?.source.name !== plan.subject) {
          this.close(bench);
          bench = undefined;
          bench = await this.open(plan.subject);
        }
        await this.runEpoch(plan, bench);
      }
    } finally {
      this.close(bench);
    }
  }

  private take(bench: Bench | undefined): EpochPlan | undefined {
    const index = this.plans.findIndex(({ subject }) => subject === bench?.source.name);
    return this.plans.splice(Math.max(0, index), 1)[0];
  }

  private async runEpoch(plan: EpochPlan, bench: Bench): Promise<void> {
    const steps: StepRecord[] = [];
    const onStep = (record: StepRecord): void => {
      steps.push(record);
      this.steps.push(record);
      if (isFault(record)) this.report(record, bench);
    };
    const tools = { ...bench, kinds: this.kinds, afreshEvery: AFRESH_EVERY, isStopped: () => this.stopped, onStep };
    const complete = await new Epoch(plan, tools, bench.initial).run();
    if (!complete) return;
    this.epochs.push(`${plan.subject}/${plan.number}`);
    this.write();
    console.error(epochLine(plan.subject, plan.number, steps, this.steps.length, this.planned));
  }

  private report(record: StepRecord, { subject }: Bench): void {
    console.error(fault(record, this.options.again(record)));
    if (!this.options.keep) return;
    console.error(`  kept: ${subject.root}`);
    this.kept = subject;
    this.stopped = true;
  }

  private async open(name: string): Promise<Bench> {
    const source = this.sources.find((candidate) => candidate.name === name) as SubjectSource;
    const subject = await source.open();
    const binaries = mkdtempSync(join(proofFolder('truth'), 'binaries-'));
    const truth = new GoTruth(subject.root, binaries);
    const sample = new Sample(this.options.seed, this.options);
    const measuring = new Measuring(subject);
    const bench = { source, binaries, subject, measuring, truth, sample };
    try {
      const initial = await initialState(bench);
      const line = opening(name, initial);
      // Several jobs open copies of the same.
      if (!this.opened.has(name)) console.error(line);
      this.opened.add(name);
      return { ...bench, initial };
    } catch (error) {
      this.close(bench);
      throw error;
    }
  }

  private close(bench: Omit<Bench, 'initial'> | undefined): void {
    if (!bench) return;
    bench.measuring.dispose();
    rmSync(bench.binaries, { recursive: true, force: true });
    if (this.kept !== bench.subject) bench.subject.dispose();
  }

  private write(): Report {
    const seconds = Math.round((Date.now() - this.started) / 1000);
    const machine = {
      processor: `${cpus()[0]?.model ?? ''}, ${availableParallelism()} cores`,
      platform: `${process.platform} ${process.arch}`,
      node: process.version,
    };
    const report: Report = {
      run: this.run,
      machine,
      seconds,
      complete: this.plans.length === 0 && !this.stopped,
      totals: totalsOf(this.steps),
      kinds: totalsByKind(this.steps),
      epochs: this.epochs,
      steps: this.steps,
    };
    if (this.options.report !== undefined) writeFileSync(this.options.report, `${JSON.stringify(report, null, 1)}\n`);
    return report;
  }
}

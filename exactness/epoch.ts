import type { Settings } from '../testing/measuring/measure.js';
import { run } from '../testing/workspace/command.js';
import type { Measuring } from './measuring.js';
import { CauseCheck } from './causes.js';
import { explain } from './explain.js';
import type { Kind } from './mutations/kind.js';
import { Random } from '../testing/random/random.js';
import type { Sample } from './sample.js';
import type { StepRecord } from './report/record.js';
import { FAILS, type GoTruth } from './truth/go-truth.js';
import { judge, type State } from './verdict.js';
import { MutableWorkspace, type ParsedSources } from './workspace/mutable-workspace.js';
import type { Subject } from './workspace/subject.js';

/** Mutations made one after another, from the first commit to it again. */
export interface EpochPlan {
  readonly subject: string;
  readonly seed: string;
  readonly number: number;
  readonly length: number;
}

/** What an epoch is run with. */
export interface EpochTools {
  readonly subject: Subject;
  readonly measuring: Measuring;
  readonly truth: GoTruth;
  readonly kinds: readonly Kind[];
  readonly sample: Sample;
  /** Every how many mutations a machine without earlier data is asked too. */
  readonly afreshEvery: number;
  readonly isStopped: () => boolean;
  readonly onStep: (record: StepRecord, epoch: EpochPlan) => void;
}

interface Good {
  readonly commit: string | undefined;
  readonly settings: Settings;
}

/** What a step does: a mutation, or one that takes others back. */
interface Move {
  readonly kind: string;
  readonly files: readonly string[];
  /** What a command made of them, and git ignores. */
  readonly made?: readonly string[];
  readonly settings: Settings;
  /** It changed what git ignores. */
  readonly hidden?: boolean;
  /** It takes others back, and does not say which files it changes. */
  readonly restores?: true;
}

const BREAKAGE_TAKEN_BACK = 'breakage taken back';
const SETTINGS_TAKEN_BACK = 'settings taken back';
const ALL_TAKEN_BACK = 'everything taken back';
/** Kinds drawn for one mutation before the workspace is given up as one without a place for any. */
const DRAWS = 200;

/** Runs one epoch; ends early when it is stopped. */
export class Epoch {
  private settings: Settings = {};
  private good: Good = { commit: undefined, settings: {} };
  /** Mutations since go could last build all that it could build at first. */
  private broken = 0;
  private settingsAge = 0;
  private readonly causes: CauseCheck;
  private readonly parsed: ParsedSources = new Map();
  /** Hashes under which tasks could be built, by task: what a cache would hold. */
  private readonly built = new Map<string, Set<string | undefined>>();

  constructor(
    private readonly plan: EpochPlan,
    private readonly tools: EpochTools,
    private readonly initial: State,
  ) {
    this.causes = new CauseCheck(tools.subject.root);
  }

  /** @returns whether it ran to its end. */
  async run(): Promise<boolean> {
    const { subject, isStopped, onStep } = this.tools;
    await subject.restore();
    await subject.commit('start');
    let state = this.initial;
    this.fillCache(state);
    await this.causes.observe(state.measurement, undefined);
    for (let step = 1; step <= this.plan.length; step++) {
      if (isStopped()) return false;
      const move = await this.move(step);
      const { record, next, commit } = await this.observe(step, move, state);
      onStep(record, this.plan);
      this.remember(next, commit);
      state = next;
    }
    return true;
  }

  /** Measures what a move did, and commits it. */
  private async observe(
    step: number,
    move: Move,
    before: State,
  ): Promise<{ record: StepRecord; next: State; commit: string }> {
    const { subject, measuring, afreshEvery } = this.tools;
    const started = Date.now();
    const settingsMoved = JSON.stringify(move.settings) !== JSON.stringify(this.settings);
    this.settingsAge = settingsMoved ? 0 : this.settingsAge + 1;
    this.settings = move.settings;
    const measurement = await measuring.change(this.settings);
    const known = move.restores ? undefined : { files: [...move.files, ...(move.made ?? [])], settingsMoved };
    const unexplained = await this.causes.observe(measurement, known);
    const commit = await subject.commit(`${step}: ${move.kind}`);
    const afresh = step % afreshEvery === 0 ? await measuring.afresh(this.settings) : undefined;
    const truth = await this.tools.truth.tell(this.tools.sample.of(measurement), subject.environment(this.settings));
    const next = { measurement, truth };
    const visible = !settingsMoved && (await this.isVisible(move, measurement.changed));
    const expected = step === this.plan.length ? this.initial.measurement : afresh;
    const verdict = judge(before, next, visible, expected, (task, hash) => this.built.get(task)?.has(hash) ?? false);
    const record = {
      subject: this.plan.subject,
      epoch: this.plan.number,
      step,
      kind: move.kind,
      files: move.files,
      ...(Object.keys(this.settings).length ? { settings: this.settings } : {}),
      milliseconds: Date.now() - started,
      ...verdict,
      ...(Object.keys(unexplained).length ? { unexplained } : {}),
      ...explain(verdict, before.measurement, measurement, expected),
    };
    return { record, next, commit };
  }

  /** Whether git sees a change: not of what it ignores, nor a file's time. */
  private async isVisible(move: Move, changed: readonly string[]): Promise<boolean> {
    const unseen = move.files.filter((file) => !changed.includes(file));
    if (changed.length === 0 || move.hidden) return false;
    if (unseen.length === 0) return true;
    const { subject } = this.tools;
    const { exitCode } = await run(
      'git',
      ['check-ignore', '--quiet', ...unseen],
      subject.root,
      subject.environment({}),
    );
    return exitCode !== 0;
  }

  private fillCache({ measurement, truth }: State): void {
    for (const [task, { hash, cacheable }] of Object.entries(measurement.tasks)) {
      const isBuilt = cacheable && task in truth && truth[task] !== FAILS;
      if (isBuilt) this.built.set(task, (this.built.get(task) ?? new Set()).add(hash));
    }
  }

  private remember(state: State, commit: string): void {
    const { truth } = state;
    this.fillCache(state);
    const failing = Object.keys(truth).filter((task) => truth[task] === FAILS && this.initial.truth[task] !== FAILS);
    this.broken = failing.length > 0 ? this.broken + 1 : 0;
    if (this.broken === 0) this.good = { commit, settings: this.settings };
  }

  private async move(step: number): Promise<Move> {
    const { subject, seed, number } = this.plan;
    const random = new Random([seed, subject, number, step].join('\0'));
    const patience = random.chance(0.3) ? 2 : 1;
    const takenBack = await this.takenBack(step, patience);
    if (takenBack) return takenBack;
    for (let draw = 0; draw < DRAWS; draw++) {
      const drawn = await this.draw(random, number * 1000 + step);
      if (drawn) return drawn;
    }
    throw new Error(`${subject}: no kind of mutation fits the workspace`);
  }

  private async takenBack(step: number, patience: number): Promise<Move | undefined> {
    const { subject } = this.tools;
    if (step === this.plan.length) {
      const hidden = await subject.restore();
      return { kind: ALL_TAKEN_BACK, files: [], settings: {}, hidden, restores: true };
    }
    if (this.broken >= patience) {
      const hidden = await subject.restore(this.good.commit);
      return { kind: BREAKAGE_TAKEN_BACK, files: [], settings: this.good.settings, hidden, restores: true };
    }
    const hasSettings = Object.keys(this.settings).length > 0;
    if (hasSettings && this.settingsAge >= patience) return { kind: SETTINGS_TAKEN_BACK, files: [], settings: {} };
    return undefined;
  }

  private async draw(random: Random, id: number): Promise<Move | undefined> {
    const { subject, kinds } = this.tools;
    const kind = random.weighted(kinds);
    if (!kind) return undefined;
    const environment = subject.environment(this.settings);
    const go = (dir: string, args: readonly string[]) => run('go', args, `${subject.root}/${dir}`, environment);
    const workspace = new MutableWorkspace(subject.root, id, this.settings, go, this.parsed);
    const applied = await kind.apply(random, workspace);
    if (!applied) {
      if (workspace.changed.length > 0) throw new Error(`${kind.name} changed files and says that it did not`);
      return undefined;
    }
    const made = workspace.changed.length > 0 ? await subject.prepare() : [];
    return { kind: kind.name, files: workspace.changed, made, settings: applied.settings ?? this.settings };
  }
}

/** The state that all epochs of a subject start from. */
export async function initialState({
  subject,
  measuring,
  truth,
  sample,
}: Pick<EpochTools, 'subject' | 'measuring' | 'truth' | 'sample'>): Promise<State> {
  await subject.restore();
  const measurement = await measuring.change({});
  return { measurement, truth: await truth.tell(sample.of(measurement), subject.environment({})) };
}

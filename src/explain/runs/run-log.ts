import type { DataFolder } from '../../workspace/kept/data-folder.js';
import type { RecordedPart } from '../parts/recorded-part.js';
import type { RunRecord, TaskRecord } from './run-record.js';

/** How many runs are kept. */
export const KEPT_RUNS = 20;

const FILE = 'nx-gopher-runs.json';
/** Counts up when what is written changes its form: another form is as good as none. */
const VERSION = 1;

/** Parts and texts stand once in it: tasks share most parts, and projects most texts. */
interface Written {
  readonly version: number;
  readonly texts: readonly string[];
  readonly parts: readonly WrittenPart[];
  readonly runs: readonly (Omit<RunRecord, 'tasks'> & { readonly tasks: readonly WrittenTask[] })[];
}

/** A part's name and text by their numbers in `texts`; no text is -1. */
type WrittenPart = readonly [name: string, hash: string, text: number, files?: readonly (readonly [string, string])[]];

type WrittenTask = Omit<TaskRecord, 'parts'> & { readonly parts: string };

/** The runs that are kept, oldest first. Nothing where none are, or where what is kept was damaged. */
export function readRuns(folder: DataFolder): RunRecord[] {
  const text = folder.read(FILE);
  if (text === undefined) return [];
  const written = JSON.parse(text) as Written;
  if (written.version !== VERSION) return [];
  const parts = written.parts.map(([name, hash, number, files]): RecordedPart => {
    const own = written.texts[number];
    return { name, hash, ...(own === undefined ? {} : { text: own }), ...(files ? { files: new Map(files) } : {}) };
  });
  return written.runs.map((run) => ({
    ...run,
    tasks: run.tasks.map((task) => ({
      ...task,
      parts: numbersOf(task.parts).flatMap((number) => parts[number] ?? []),
    })),
  }));
}

/**
 * Keeps the newest {@link KEPT_RUNS} of the runs. Of two Nx commands that end at a time one may lose its run: that
 * costs an explanation, nothing else.
 */
export function writeRuns(folder: DataFolder, runs: readonly RunRecord[]): void {
  folder.write(FILE, () => JSON.stringify(written(runs.slice(-KEPT_RUNS))));
}

function written(runs: readonly RunRecord[]): Written {
  const parts = new Numbers<WrittenPart>();
  const texts = new Numbers<string>();
  const numberOf = ({ name, hash, text, files }: RecordedPart): number =>
    parts.of(`${hash} ${name}`, () => {
      const number = text === undefined ? -1 : texts.of(text, () => text);
      return files ? [name, hash, number, [...files]] : [name, hash, number];
    });
  const recorded = runs.map(({ tasks, ...run }) => ({
    ...run,
    tasks: tasks.map((task) => ({ ...task, parts: ranges(task.parts.map(numberOf)) })),
  }));
  return { version: VERSION, texts: texts.values, parts: parts.values, runs: recorded };
}

/** Gives values numbers, the same to what has the same id. */
class Numbers<Value> {
  readonly values: Value[] = [];
  readonly #numbers = new Map<string, number>();

  of(id: string, make: () => Value): number {
    const known = this.#numbers.get(id);
    if (known !== undefined) return known;
    this.#numbers.set(id, this.values.length);
    return this.values.push(make()) - 1;
  }
}

/** Numbers as ranges, e.g. `0-57,60`: the parts of a task stand mostly side by side. */
function ranges(numbers: readonly number[]): string {
  const found: [from: number, to: number][] = [];
  for (const number of [...numbers].sort((a, b) => a - b)) {
    const last = found.at(-1);
    if (last?.[1] === number - 1) last[1] = number;
    else found.push([number, number]);
  }
  return found.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(',');
}

function numbersOf(text: string): number[] {
  return text.split(',').flatMap((range) => {
    const [from, to = from] = range.split('-').map(Number) as [number, number?];
    return range === '' ? [] : Array.from({ length: to - from + 1 }, (_, at) => from + at);
  });
}

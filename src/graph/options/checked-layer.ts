import type { TargetConfiguration } from '@nx/devkit';

import type { TargetKind } from '../../facts/target-kinds.js';
import { ByName, type ReadonlyByName } from '../../by-name.js';
import { optionProblems } from '../../schemas/option-problems.js';
import type { Options } from './option-values.js';

/** What one file says of a target's options, without those that are wrong. */
export interface Layer {
  readonly options: Options;
  readonly configurations: ReadonlyByName<Options>;
  /** What is wrong: file, option, value, and what is right. */
  readonly problems: readonly string[];
}

const NOTHING: Layer = { options: {}, configurations: new ByName(), problems: [] };

/**
 * Checks what a file lays over the options of a target.
 *
 * A target that another executor or a command runs is none of ours, and has options of its own.
 *
 * @param place the file and the target in it, e.g. `api/project.json: targets.build`.
 */
export function checkedLayer(kind: TargetKind, layer: TargetConfiguration | undefined, place: string): Layer {
  if (!layer || (layer.options === undefined && layer.configurations === undefined)) return NOTHING;
  const isForeign = layer.command !== undefined || (layer.executor && !layer.executor.startsWith('nx-gopher:'));
  if (isForeign) return NOTHING;
  const base = checked(kind, layer.options, `${place}.options`);
  const configurations: unknown = layer.configurations ?? {};
  if (!isRecord(configurations))
    return {
      ...NOTHING,
      ...base,
      problems: [...base.problems, notAnObject(`${place}.configurations`, configurations)],
    };
  const named = Object.entries(configurations).map(
    ([name, value]) => [name, checked(kind, value, `${place}.configurations.${name}`)] as const,
  );
  return {
    options: base.options,
    configurations: new ByName(named.map(([name, { options }]) => [name, options])),
    problems: [...base.problems, ...named.flatMap(([, { problems }]) => problems)],
  };
}

function checked(kind: TargetKind, given: unknown, place: string): Pick<Layer, 'options' | 'problems'> {
  const raw = given ?? {};
  if (!isRecord(raw)) return { options: {}, problems: [notAnObject(place, raw)] };
  // The shared executor is told the kind; that is no option of the kind itself. Nx knows what "..." stands for.
  const options = Object.fromEntries(Object.entries(raw).filter(([name]) => name !== 'kind' && name !== '...'));
  const wrong = optionProblems(kind, options);
  const names = new Set(wrong.map(({ option }) => option));
  return {
    options: Object.fromEntries(Object.entries(options).filter(([name]) => !names.has(name))),
    problems: wrong.map(({ path, message }) => `${place}.${path} ${message}`),
  };
}

function notAnObject(place: string, value: unknown): string {
  return `${place} is ${JSON.stringify(value)}, but takes an object.`;
}

function isRecord(value: unknown): value is Options {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

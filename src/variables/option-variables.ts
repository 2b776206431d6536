import { ARCHITECTURE_SETTINGS } from '../go/configuration/architecture-settings.js';
import { messageOf } from '../message-of.js';
import { filled, parseVariables, UnsetVariableError, variablesIn } from './text.js';

type Options = Readonly<Record<string, unknown>>;
type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Texts in which a dollar sign is none of a variable: regular expressions, and commands that run in a container, where
 * a Dockerfile leaves it alone, too.
 */
const LEFT_ALONE = /^(run|skip|bench|image\.(cmd|entrypoint))(\.|$)/;

/** Settings that choose the files of a package, or the toolchain. */
const SETTINGS = ['GOOS', 'GOARCH', 'GOFLAGS', 'GOEXPERIMENT', 'GOTOOLCHAIN', 'CGO_ENABLED', ...ARCHITECTURE_SETTINGS];

/**
 * Options from which the graph infers what a target reads and writes. Nx looks for outputs at the very path that stands
 * there: it knows no variables in it.
 */
const INFERRED_FROM = new RegExp(
  `^(goos|goarch|tags|outputPath|coverProfile|pgo|packages|buildmode|files|gate|env\\.(${SETTINGS.join('|')}))(\\.|$)`,
);

/** What is wrong with the variables of an option. */
export interface VariableProblem {
  readonly option: string;
  /** The place in the options, e.g. `ldflags.0`. */
  readonly path: string;
  /** To follow the path. */
  readonly message: string;
}

/** Thrown for options whose variables have no value; the message names option, variable and remedy. */
export class OptionVariableError extends Error {
  override readonly name = 'OptionVariableError';
}

/** What cannot be filled in, whatever the environment holds; the first problem of each option. */
export function variableProblems(options: Options): VariableProblem[] {
  return Object.entries(options).flatMap(([option, value]) => {
    const problems = textsIn(option, value).flatMap(({ path, text }): VariableProblem[] => {
      const message = textProblem(path, text);
      return message === undefined ? [] : [{ option, path, message: `${message}.` }];
    });
    return problems.slice(0, 1);
  });
}

function textProblem(path: string, text: string): string | undefined {
  try {
    const [name] = variablesIn(parseVariables(text));
    if (name === undefined || !INFERRED_FROM.test(path)) return undefined;
    return (
      `holds the variable $${name}, but what a target reads and writes has to be known when Nx makes the project ` +
      `graph. Write the value; where there are several, write a configuration for each`
    );
  } catch (error) {
    return messageOf(error);
  }
}

/**
 * The variables of the environment that options refer to, sorted; those that their own `env` sets are none, nor are
 * those in texts that {@link variableProblems} names.
 */
export function outerVariables(options: Options): string[] {
  const own = ownVariables(options);
  const found = new Set<string>();
  const note = (name: string, inside: readonly string[]): void => {
    const text = inside.includes(name) ? undefined : own.get(name);
    if (text === undefined) found.add(name);
    else for (const inner of namesIn(text)) note(inner, [...inside, name]);
  };
  for (const { path, text } of Object.entries(options).flatMap(([option, value]) => textsIn(option, value))) {
    if (!INFERRED_FROM.test(path)) for (const name of namesIn(text)) note(name, insideOf(path));
  }
  return [...found].sort();
}

/**
 * Fills the variables of all options in. Those of the option `env` come before those of the environment, as they do for
 * the commands of `nx:run-commands`; a variable of `env` that names itself takes the environment's (`"$PATH:/opt"`).
 *
 * @throws OptionVariableError for a variable that is not set.
 */
export function filledOptions<Given extends object>(options: Given, env: Environment): Given {
  const fill = filler(ownVariables(options as Options), env);
  const filledText = ({ path, text }: PlacedText): string => {
    if (INFERRED_FROM.test(path)) return text;
    try {
      return fill(text, insideOf(path));
    } catch (error) {
      throw new OptionVariableError(explained(path, error));
    }
  };
  const entries = Object.entries(options).map(([option, value]) => [option, mapTexts(option, value, filledText)]);
  return Object.fromEntries(entries) as Given;
}

/** The option `env` with its variables filled in, as far as they are set; the others are left out. */
export function filledEnvironment(own: Readonly<Record<string, string>>, env: Environment): Record<string, string> {
  const fill = filler(new Map(Object.entries(own)), env);
  const entries = Object.entries(own).flatMap(([name, text]): [string, string][] => {
    try {
      return [[name, fill(text, [name])]];
    } catch {
      return [];
    }
  });
  return Object.fromEntries(entries);
}

/** Whether a text refers to variables. */
export function hasVariables(text: string): boolean {
  return namesIn(text).length > 0;
}

/** Fills texts in; `inside` are the variables of `own` whose values they are, which cannot refer to themselves. */
function filler(own: ReadonlyMap<string, string>, env: Environment) {
  const fill = (text: string, inside: readonly string[]): string =>
    filled(parseVariables(text), (name) => {
      const ownText = inside.includes(name) ? undefined : own.get(name);
      if (ownText !== undefined) return fill(ownText, [...inside, name]);
      // Nx gives a variable that is empty the hash of one that is not set: so they have to be the same here.
      return (Object.hasOwn(env, name) && env[name]) || undefined;
    });
  return fill;
}

function explained(path: string, error: unknown): string {
  if (!(error instanceof UnsetVariableError)) return `${path} ${messageOf(error)}.`;
  const { variable } = error;
  return (
    `${path} holds the variable $${variable}, which is not set, or empty. Set it before nx (${variable}=… nx …) or in a .env file, ` +
    `or give a default: \${${variable}:-…}. For a literal $ write \\\\$ in JSON.`
  );
}

/** The variables that the option `env` itself sets. */
function ownVariables({ env }: Options): ReadonlyMap<string, string> {
  const entries = Object.entries(Object(env) as Options);
  return new Map(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

/** The variable whose value a text is: it cannot refer to itself. */
function insideOf(path: string): string[] {
  return path.startsWith('env.') ? [path.slice('env.'.length)] : [];
}

/** What cannot be read names no variables: the option is refused. */
function namesIn(text: string): string[] {
  try {
    return variablesIn(parseVariables(text));
  } catch {
    return [];
  }
}

/** A text among options, and its place. */
interface PlacedText {
  readonly path: string;
  readonly text: string;
}

function textsIn(path: string, value: unknown): PlacedText[] {
  const texts: PlacedText[] = [];
  mapTexts(path, value, (one) => {
    texts.push(one);
    return one.text;
  });
  return texts;
}

/** A value with all texts in it mapped but those that are left alone. */
function mapTexts(path: string, value: unknown, map: (text: PlacedText) => string): unknown {
  if (LEFT_ALONE.test(path)) return value;
  if (typeof value === 'string') return map({ path, text: value });
  if (Array.isArray(value)) return value.map((item, index) => mapTexts(`${path}.${index}`, item, map));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapTexts(`${path}.${key}`, item, map)]));
}

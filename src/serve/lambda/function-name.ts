/** The ways by which functions are called. */
export const API = '/2015-03-31/functions/';
export const STREAMING_API = '/2021-11-15/functions/';
export const FUNCTION_URL = '/lambda-url/';

/** A function that is served. */
export interface NamedFunction {
  readonly name: string;
  /** Its Nx project, which names it, too: no other function has that name. */
  readonly project: string;
}

/** The function that the path of a request names; undefined where it names none. */
export function calledFunction(path: string): string | undefined {
  const [, called] = new RegExp(`^(?:${API}|${STREAMING_API}|${FUNCTION_URL})([^/?]+)`).exec(path) ?? [];
  return called === undefined ? undefined : decoded(called);
}

/** That of some functions which a request means: by its name or an ARN, perhaps with a version, or by its project. */
export function functionCalled<Function extends NamedFunction>(
  given: string,
  functions: Iterable<Function>,
): Function | undefined {
  const all = [...functions];
  const name = /(?:^|:)function:([^:]+)/.exec(given)?.[1] ?? given.split(':')[0];
  return all.find((one) => one.name === name) ?? all.find(({ project }) => project === given);
}

/** What Lambda answers in place of a function that it does not know. */
export function unknownFunction(given: string, functions: Iterable<NamedFunction>): string {
  const names = [...functions].map(({ name }) => name).join(', ');
  return `Function not found: ${given}. This port serves ${names}.`;
}

/** As it is where it is no encoding. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

import { readdirSync, readFileSync } from 'node:fs';
import { isAbsolute, join, posix, resolve } from 'node:path';

import { isFile } from '../../files.js';
import { nearestName } from '../../nearest-name.js';
import { packageFile } from '../../package-root.js';
import { TaskError } from '../task/task-error.js';

/** What a handler is invoked with. */
export interface Event {
  readonly payload: Buffer;
  /** Where it comes from, in words. */
  readonly origin: string;
}

/** Where events for tests lie, by custom and as the generator `handler` writes them. */
const SAMPLES = 'testdata';
/** The samples that handlers are generated with. */
const KINDS = packageFile('src/generators/handler/files/lambda/events');

/**
 * The event that an option names: JSON, a file of the project's `testdata` by its name, a kind of event, or a file. The
 * project's own sample by default.
 *
 * @param root of the project, relative to the workspace's.
 * @throws TaskError for a name that none of these has, and for what is no JSON.
 */
export function eventNamed(given: string | undefined, root: string, workspaceRoot: string): Event {
  if (given === undefined) return ownSample(root, workspaceRoot);
  if (/^\s*[[{"]/.test(given)) return checked(Buffer.from(given), 'the event of the option');
  const kinds = readdirSync(KINDS).sort();
  const own = posix.join(root, SAMPLES, `${given}.json`);
  const file = [own, given, posix.join(root, given)].find((path) => isFile(resolve(workspaceRoot, path)));
  if (file !== undefined) return read(resolve(workspaceRoot, file), file);
  if (kinds.includes(given)) return read(join(KINDS, given, SAMPLES, 'event.json'), `a sample of ${given}`);
  const isPath = /[/\\]|\.json$/.test(given) || isAbsolute(given);
  throw new TaskError(
    isPath
      ? `There is no file ${given}, neither in the workspace's root nor in ${root}. Name one in the option event.\n`
      : `There is no event "${given}": neither a file ${own}, nor one of ${kinds.join(', ')}. ` +
          `Did you mean "${nearestName(given, kinds)}"?\n`,
  );
}

function ownSample(root: string, workspaceRoot: string): Event {
  const file = posix.join(root, SAMPLES, 'event.json');
  const path = join(workspaceRoot, file);
  return isFile(path) ? read(path, file) : { payload: Buffer.from('{}'), origin: `{}, for want of ${file}` };
}

function read(path: string, origin: string): Event {
  return checked(readFileSync(path), origin);
}

function checked(payload: Buffer, origin: string): Event {
  try {
    JSON.parse(payload.toString('utf8'));
    return { payload, origin };
  } catch (error) {
    throw new TaskError(`A handler takes JSON, and ${origin} is none: ${(error as Error).message}\n`);
  }
}

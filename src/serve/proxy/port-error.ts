import { TaskError } from '../../executors/task/task-error.js';

/** What is wrong with a port that an option names. */
export function portError(port: number, option: string, error: unknown): TaskError {
  const { code, message } = error as NodeJS.ErrnoException;
  const why = code === 'EADDRINUSE' ? 'another program listens on it' : message;
  return new TaskError(`nx-gopher cannot listen on port ${port} (option ${option}): ${why}.\n`);
}

/** Thrown for a task that cannot run; the message is the task's whole output. */
export class TaskError extends Error {
  override readonly name = 'TaskError';
}

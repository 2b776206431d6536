/**
 * Options of a target by name, as they are written. Nothing but names that a schema knows is looked up in them; so an
 * object will do.
 */
export interface Options {
  readonly [option: string]: unknown;
}

/**
 * A map by names that people choose: import paths, directories, files. A plain object would find under `constructor`
 * what it inherits, and lose what is put under `__proto__`.
 *
 * In JSON it is the list of its entries, sorted by name: the same entries give the same text, whatever order they came
 * in. `new ByName(entries)` reads it back.
 */
export class ByName<Value> extends Map<string, Value> {
  toJSON(): [name: string, value: Value][] {
    return sortedByName(this);
  }
}

/**
 * A {@link ByName} that is not changed. A plain Map is none: JSON would make `{}` of it, and so would a digest of that.
 */
export type ReadonlyByName<Value> = ReadonlyMap<string, Value> & Pick<ByName<Value>, 'toJSON'>;

/** What a plain object of somebody else holds under a name, and nothing that it inherits. */
export function ownValue<Value>(
  object: { readonly [name: string]: Value } | undefined,
  name: string,
): Value | undefined {
  return object !== undefined && Object.hasOwn(object, name) ? object[name] : undefined;
}

/** Entries in the order of their names, the order of their characters' codes. */
export function sortedByName<Value>(entries: Iterable<readonly [string, Value]>): [name: string, value: Value][] {
  return Array.from(entries, ([name, value]): [string, Value] => [name, value]).sort(([a], [b]) =>
    a < b ? -1 : a > b ? 1 : 0,
  );
}

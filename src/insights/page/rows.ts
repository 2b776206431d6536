import type { Cell, Table } from './content.js';

/** By which column rows are sorted, and which way. */
export interface Order {
  readonly column: number;
  readonly descending: boolean;
}

type Rows = Table['rows'];

/** The rows of which a text cell holds all words of the filter, in whatever case. */
export function filteredRows(rows: Rows, filter: string): Rows {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return rows;
  return rows.filter((row) => {
    const text = row
      .filter((cell) => typeof cell === 'string')
      .join('\n')
      .toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** The rows in an order. Those with the same value stay as they were; what is not known is at the end. */
export function sortedRows(rows: Rows, { column, descending }: Order): Rows {
  const sign = descending ? -1 : 1;
  return [...rows].sort((one, other) => {
    const [a, b] = [one[column] ?? null, other[column] ?? null];
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    return sign * compared(a, b);
  });
}

function compared(a: NonNullable<Cell>, b: NonNullable<Cell>): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return COLLATOR.compare(String(a), String(b));
}

// `v0.9` comes before `v0.10`.
const COLLATOR = new Intl.Collator('en', { numeric: true });

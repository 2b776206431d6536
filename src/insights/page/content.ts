/** What the values of a column or of a chart are: it decides how they are written, and whether they sort as numbers. */
export type Unit = 'text' | 'count' | 'milliseconds' | 'bytes' | 'percent' | 'time';

/** Times are milliseconds since 1970. Null is what is not known. */
export type Cell = string | number | null;

export interface Column {
  readonly title: string;
  readonly unit: Unit;
}

/** Rows that can be sorted and filtered, in the order that tells most. */
export interface Table {
  readonly kind: 'table';
  readonly title: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
  /** What is said where there are no rows. */
  readonly none: string;
}

/** What went on in a run, from its start: one line for each step. */
export interface Timeline {
  readonly kind: 'timeline';
  readonly title: string;
  /** Of the whole run. */
  readonly milliseconds: number;
  readonly steps: readonly {
    readonly name: string;
    readonly series: string;
    readonly from: number;
    readonly milliseconds: number;
    /** How long it waited before. */
    readonly waited: number;
  }[];
}

/** Bars side by side, named at their left. */
export interface Bars {
  readonly kind: 'bars';
  readonly title: string;
  readonly unit: Unit;
  readonly bars: readonly { readonly name: string; readonly value: number; readonly series?: string }[];
}

/** Parts of a whole, as areas. */
export interface Treemap {
  readonly kind: 'treemap';
  readonly title: string;
  readonly unit: Unit;
  readonly parts: readonly { readonly name: string; readonly value: number; readonly series: string }[];
}

/** Values that stand on each other, at points of time or of a run. */
export interface Stack {
  readonly kind: 'stack';
  readonly title: string;
  readonly unit: Unit;
  /** Of the points. */
  readonly along: Column;
  readonly points: readonly number[];
  readonly series: readonly { readonly name: string; readonly values: readonly number[] }[];
}

export type Chart = Timeline | Bars | Treemap | Stack;
export type Part = Table | Chart;

/** A part of the page with a heading. */
export interface Section {
  /** Its name in an address. */
  readonly id: string;
  readonly title: string;
  /** A sentence or two: what it shows. */
  readonly about: string;
  /** Why there is nothing to show. */
  readonly missing?: string;
  readonly figures: readonly { readonly label: string; readonly value: Cell; readonly unit: Unit }[];
  readonly parts: readonly Part[];
}

/** What the page shows: all text, no markup. */
export interface PageContent {
  readonly title: string;
  readonly about: string;
  /** When it was made. */
  readonly time: number;
  readonly sections: readonly Section[];
}

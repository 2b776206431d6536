import type { Column, Table } from '../content.js';
import { formatted } from '../format.js';
import { filteredRows, sortedRows, type Order } from '../rows.js';
import { element } from './elements.js';

/** Of a row, as the style sheet has it. */
const ROW_HEIGHT = 28;
/** Rows above and below those in sight that are there already when they come into it. */
const MARGIN = 12;
/** From so many rows on there is a filter. */
const FILTERED_FROM = 8;
/** Letters that a column is wide at most. */
const WIDEST = 72;

/** A table of which only the rows in sight are elements: ten thousand scroll like ten. */
export class DataTable {
  readonly root: HTMLElement;
  readonly #body = element('tbody');
  readonly #region: HTMLElement;
  readonly #status = element('p', { class: 'status', role: 'status' });
  readonly #heads: HTMLTableCellElement[];
  #order: Order | undefined;
  #filter = '';
  #rows: Table['rows'];
  #shown = '';

  constructor(private readonly table: Table) {
    this.#rows = table.rows;
    this.#heads = table.columns.map((column, index) => this.#head(column, index));
    const head = element('thead', {}, element('tr', { 'aria-rowindex': 1 }, ...this.#heads));
    const caption = element('caption', {}, table.title);
    const grid = element(
      'table',
      { 'aria-rowcount': table.rows.length + 1 },
      caption,
      columnWidths(table),
      head,
      this.#body,
    );
    grid.style.width = `${widths(table).reduce((sum, width) => sum + width, 0)}ch`;
    this.#region = element(
      'div',
      { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': `Rows of ${table.title}` },
      grid,
    );
    this.#region.addEventListener('scroll', () => this.#show(), { passive: true });
    new ResizeObserver(() => this.#show()).observe(this.#region);
    const filter = table.rows.length >= FILTERED_FROM ? [this.#filterField()] : [];
    this.root = element('div', { class: 'table' }, ...filter, this.#region, this.#status);
    this.#update();
  }

  #head({ title, unit }: Column, index: number): HTMLTableCellElement {
    const button = element('button', { type: 'button' }, title);
    button.addEventListener('click', () => {
      const again = this.#order?.column === index;
      this.#order = { column: index, descending: again ? !this.#order?.descending : unit !== 'text' };
      this.#update();
    });
    return element('th', { scope: 'col', class: unit === 'text' ? undefined : 'number' }, button);
  }

  #filterField(): HTMLElement {
    const field = element('input', { type: 'search', autocomplete: 'off', spellcheck: 'false' });
    field.addEventListener('input', () => {
      this.#filter = field.value;
      this.#update();
    });
    return element('label', { class: 'filter' }, `Filter ${this.table.title}`, field);
  }

  #update(): void {
    const found = filteredRows(this.table.rows, this.#filter);
    this.#rows = this.#order ? sortedRows(found, this.#order) : found;
    for (const [index, head] of this.#heads.entries()) {
      if (this.#order?.column !== index) head.removeAttribute('aria-sort');
      else head.setAttribute('aria-sort', this.#order.descending ? 'descending' : 'ascending');
    }
    const [count, all] = [found.length, this.table.rows.length].map((value) => formatted(value, 'count'));
    this.#status.textContent = this.#filter.trim() === '' ? `${all} rows` : `${count} of ${all} rows`;
    this.#region.scrollTop = 0;
    this.#shown = '';
    this.#show();
  }

  /** Makes the rows in sight, where they are not those that are there. */
  #show(): void {
    const { scrollTop, clientHeight } = this.#region;
    const from = Math.max(0, Math.floor(scrollTop / ROW_HEIGHT) - MARGIN);
    const to = Math.min(this.#rows.length, Math.ceil((scrollTop + clientHeight) / ROW_HEIGHT) + MARGIN);
    if (this.#shown === `${from}:${to}`) return;
    this.#shown = `${from}:${to}`;
    const rows = this.#rows.slice(from, to).map((row, index) => this.#row(row, from + index));
    this.#body.replaceChildren(...this.#gap(from), ...rows, ...this.#gap(this.#rows.length - to));
  }

  #row(row: Table['rows'][number], index: number): HTMLTableRowElement {
    const cells = this.table.columns.map(({ unit }, column) => {
      const text = formatted(row[column] ?? null, unit);
      if (column === 0) return element('th', { scope: 'row', title: text }, element('bdi', {}, text));
      if (unit === 'text') return element('td', { title: text }, element('bdi', {}, text));
      return element('td', { class: 'number' }, text);
    });
    return element('tr', { 'aria-rowindex': index + 2, class: index % 2 === 1 && 'odd' }, ...cells);
  }

  /** The room of rows that are not there. */
  #gap(rows: number): HTMLTableRowElement[] {
    if (rows <= 0) return [];
    const cell = element('td', { colspan: this.table.columns.length });
    cell.style.height = `${rows * ROW_HEIGHT}px`;
    return [element('tr', { class: 'gap', 'aria-hidden': 'true' }, cell)];
  }
}

/** The same whatever rows are in sight: columns do not jump. */
function columnWidths(table: Table): HTMLElement {
  const columns = widths(table).map((width) => {
    const column = element('col');
    column.style.width = `${width}ch`;
    return column;
  });
  return element('colgroup', {}, ...columns);
}

function widths({ columns, rows }: Table): number[] {
  return columns.map(({ title, unit }, column) => {
    const longest = rows.reduce((most, row) => Math.max(most, formatted(row[column] ?? null, unit).length), 0);
    return Math.min(WIDEST, Math.max(longest, title.length + 2)) + 3;
  });
}

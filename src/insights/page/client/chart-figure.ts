import { chartTable, seriesOf } from '../chart-table.js';
import type { Chart } from '../content.js';
import { drawn, seriesColor } from './charts.js';
import { DataTable } from './data-table.js';
import { element } from './elements.js';

/** A chart with its legend, drawn anew when its width changes, and the table that tells the same. */
export function chartFigure(chart: Chart): HTMLElement {
  const table = chartTable(chart);
  const caption = element('figcaption', {}, chart.title);
  if (table.rows.length === 0) return element('figure', {}, caption, element('p', {}, table.none));
  const canvas = element('div', { class: 'chart', role: 'img', 'aria-label': chart.title });
  let width = 0;
  new ResizeObserver(() => {
    const now = Math.floor(canvas.clientWidth);
    if (now === width || now === 0) return;
    width = now;
    const picture = drawn(chart, width);
    // The parts of the picture have labels of their own that tell nobody anything; the table below has what it shows.
    picture.setAttribute('aria-hidden', 'true');
    canvas.replaceChildren(picture);
  }).observe(canvas);
  return element('figure', {}, caption, ...legend(chart), canvas, asTable(chart));
}

function legend(chart: Chart): HTMLElement[] {
  const series = seriesOf(chart);
  if (series.length === 0) return [];
  const items = series.map((name, index) => {
    const swatch = element('span', { class: 'swatch' });
    swatch.style.background = seriesColor(index);
    return element('li', {}, swatch, element('bdi', {}, name));
  });
  return [element('ul', { class: 'legend' }, ...items)];
}

/** Made when it is opened: a page has many. */
function asTable(chart: Chart): HTMLElement {
  const details = element('details', {}, element('summary', {}, `${chart.title} as a table`));
  const open = (): void => void details.append(new DataTable(chartTable(chart)).root);
  details.addEventListener('toggle', open, { once: true });
  return details;
}

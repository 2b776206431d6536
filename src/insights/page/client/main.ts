import type { PageContent, Part, Section } from '../content.js';
import { formatted } from '../format.js';
import { chartFigure } from './chart-figure.js';
import { DataTable } from './data-table.js';
import { element } from './elements.js';
import { themeSwitch } from './theme.js';

const content = JSON.parse(document.getElementById('content')?.textContent ?? '') as PageContent;
document.body.replaceChildren(
  element('a', { href: '#main', class: 'skip' }, 'Skip to the sections'),
  header(content),
  element('main', { id: 'main', tabindex: -1 }, ...content.sections.map(section)),
);
// The sections were not there yet when the browser looked for the one that the address names.
if (location.hash.length > 1) document.getElementById(location.hash.slice(1))?.scrollIntoView();

function header({ title, about, time, sections }: PageContent): HTMLElement {
  const links = sections.map(({ id, title: name }) => element('li', {}, element('a', { href: `#${id}` }, name)));
  return element(
    'header',
    {},
    element('h1', {}, title),
    element('p', {}, `${about} Made at ${formatted(time, 'time')} UTC.`),
    element('nav', { 'aria-label': 'Sections' }, element('ul', {}, ...links)),
    themeSwitch(),
  );
}

function section({ id, title, about, missing, figures, parts }: Section): HTMLElement {
  const body =
    missing === undefined
      ? [...(figures.length > 0 ? [figureList(figures)] : []), ...parts.map(partElement)]
      : [element('p', { class: 'missing' }, missing)];
  const heading = element('h2', { id: `${id}-title` }, title);
  return element('section', { id, 'aria-labelledby': `${id}-title` }, heading, element('p', {}, about), ...body);
}

function figureList(figures: Section['figures']): HTMLElement {
  const items = figures.map(({ label, value, unit }) =>
    element('div', {}, element('dt', {}, label), element('dd', {}, element('bdi', {}, formatted(value, unit)))),
  );
  return element('dl', { class: 'figures' }, ...items);
}

function partElement(part: Part): HTMLElement {
  if (part.kind !== 'table') return chartFigure(part);
  if (part.rows.length > 0) return new DataTable(part).root;
  return element('div', { class: 'table' }, element('h3', {}, part.title), element('p', {}, part.none));
}

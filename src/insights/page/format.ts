import type { Cell, Unit } from './content.js';

const COUNT = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const STEPS = { milliseconds: 1000, bytes: 1024 } as const;
const BYTES = ['B', 'kB', 'MB', 'GB', 'TB'];

/** A value as people read it: `1.2 s`, `3.4 MB`, `12,345`. What is not known is a dash. */
export function formatted(value: Cell, unit: Unit): string {
  if (value === null || value === '') return '–';
  if (typeof value === 'string') return value;
  if (!Number.isFinite(value)) return '–';
  if (unit === 'milliseconds') return duration(value);
  if (unit === 'bytes') return size(value);
  if (unit === 'percent') return `${COUNT.format(value)} %`;
  if (unit === 'time') return time(value);
  return COUNT.format(value);
}

/** In UTC. A page shows times of one machine to people anywhere. */
function time(value: number): string {
  const date = new Date(value);
  return Number.isNaN(date.getTime()) ? '–' : date.toISOString().slice(0, 16).replace('T', ' ');
}

function duration(milliseconds: number): string {
  if (Math.abs(milliseconds) < STEPS.milliseconds) return `${COUNT.format(Math.round(milliseconds))} ms`;
  const seconds = milliseconds / STEPS.milliseconds;
  if (Math.abs(seconds) < 120) return `${COUNT.format(seconds)} s`;
  const minutes = seconds / 60;
  return Math.abs(minutes) < 120 ? `${COUNT.format(minutes)} min` : `${COUNT.format(minutes / 60)} h`;
}

function size(bytes: number): string {
  let rest = bytes;
  let step = 0;
  while (Math.abs(rest) >= STEPS.bytes && step < BYTES.length - 1) {
    rest /= STEPS.bytes;
    step += 1;
  }
  return `${COUNT.format(rest)} ${BYTES[step]}`;
}

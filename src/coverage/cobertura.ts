import { posix } from 'node:path';

import type { CoveredFiles } from './lcov.js';
import { lineCounts, type Block } from './profile.js';

interface Lines {
  readonly covered: number;
  readonly valid: number;
}

/**
 * As Cobertura's coverage-04.dtd has it, which GitLab, Jenkins and Azure read. A package is a directory, a class a
 * file. Go counts blocks of statements, so there are no branches.
 */
export function cobertura(files: CoveredFiles): string {
  const packages = new Map<string, [string, readonly Block[]][]>();
  for (const entry of files) {
    const dir = posix.dirname(entry[0]);
    packages.set(dir, [...(packages.get(dir) ?? []), entry]);
  }
  const all = sum([...files.values()].map(linesOf));
  const head =
    `<?xml version="1.0" encoding="UTF-8"?>\n` +
    `<!DOCTYPE coverage SYSTEM "http://cobertura.sourceforge.net/xml/coverage-04.dtd">\n` +
    `<coverage ${rates(all)} lines-covered="${all.covered}" lines-valid="${all.valid}" branches-covered="0" ` +
    `branches-valid="0" complexity="0" version="nx-gopher" timestamp="0">\n`;
  const body = [...packages].map(([dir, entries]) => {
    const rate = rates(sum(entries.map(([, blocks]) => linesOf(blocks))));
    const classes = entries.map(([file, blocks]) => classOf(file, blocks)).join('');
    return `    <package name="${escaped(dir)}" ${rate} complexity="0">\n      <classes>\n${classes}      </classes>\n    </package>\n`;
  });
  const sources = '  <sources>\n    <source>.</source>\n  </sources>\n';
  return `${head}${sources}  <packages>\n${body.join('')}  </packages>\n</coverage>\n`;
}

function classOf(file: string, blocks: readonly Block[]): string {
  const lines = [...lineCounts(blocks)].map(
    ([line, count]) => `            <line number="${line}" hits="${count}" branch="false"/>\n`,
  );
  const name = escaped(posix.basename(file));
  const head = `        <class name="${name}" filename="${escaped(file)}" ${rates(linesOf(blocks))} complexity="0">\n`;
  return `${head}          <methods/>\n          <lines>\n${lines.join('')}          </lines>\n        </class>\n`;
}

function linesOf(blocks: readonly Block[]): Lines {
  const counts = [...lineCounts(blocks).values()];
  return { covered: counts.filter((count) => count > 0).length, valid: counts.length };
}

function sum(all: readonly Lines[]): Lines {
  const of = (name: keyof Lines): number => all.reduce((total, lines) => total + lines[name], 0);
  return { covered: of('covered'), valid: of('valid') };
}

function rates({ covered, valid }: Lines): string {
  return `line-rate="${valid === 0 ? '1' : (covered / valid).toFixed(4)}" branch-rate="0"`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

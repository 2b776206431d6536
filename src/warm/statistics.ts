import { writeFileSync } from 'node:fs';

import { counted } from '../counted.js';

/** How a go process came to a compiled package. */
export type Source = 'fetched' | 'there' | 'compiled';

/** What a run's go processes took from the store, and what was left to be compiled. */
export class Statistics {
  /** By import path. Milliseconds of compiling: that it took, or that it would have taken. */
  readonly packages = new Map<string, { source: Source; milliseconds: number }>();
  bytesDown = 0;
  bytesUp = 0;
  stored = 0;
  requests = 0;

  /** A package that several processes used counts once: by what it cost. */
  add(importPath: string, source: Source, milliseconds: number): void {
    const old = this.packages.get(importPath);
    if (!old || old.source === 'there') this.packages.set(importPath, { source, milliseconds });
  }

  /** E.g. `2,314 packages: 2,290 fetched, 21 there, 3 compiled; 41 s of compiling saved, 18 MB down`. */
  line(): string {
    const count = (source: Source): string => this.#of(source).length.toLocaleString('en-US');
    const saved = this.#of('fetched').reduce((sum, { milliseconds }) => sum + milliseconds, 0);
    const parts = [`${count('fetched')} fetched`, `${count('there')} there`, `${count('compiled')} compiled`];
    const traffic = [
      ...(saved > 0 ? [`${seconds(saved)} of compiling saved`] : []),
      ...(this.bytesDown > 0 ? [`${megabytes(this.bytesDown)} down`] : []),
      ...(this.bytesUp > 0 ? [`${megabytes(this.bytesUp)} up`] : []),
    ];
    const packages = counted(this.packages.size, 'package').replace(/^\d+/, (digits) =>
      Number(digits).toLocaleString('en-US'),
    );
    return [`${packages}: ${parts.join(', ')}`, ...(traffic.length > 0 ? [traffic.join(', ')] : [])].join('; ');
  }

  /** Writes all of it as JSON. @throws Error of the file system. */
  write(path: string, store: string): void {
    const { bytesDown, bytesUp, stored, requests } = this;
    const packages = [...this.packages]
      .map(([importPath, { source, milliseconds }]) => ({ importPath, source, milliseconds: Math.round(milliseconds) }))
      .sort((a, b) => b.milliseconds - a.milliseconds || (a.importPath < b.importPath ? -1 : 1));
    writeFileSync(
      path,
      `${JSON.stringify({ version: 1, store, requests, stored, bytesDown, bytesUp, packages }, undefined, 2)}\n`,
    );
  }

  #of(source: Source): { milliseconds: number }[] {
    return [...this.packages.values()].filter((one) => one.source === source);
  }
}

function seconds(milliseconds: number): string {
  return milliseconds < 10_000 ? `${(milliseconds / 1000).toFixed(1)} s` : `${Math.round(milliseconds / 1000)} s`;
}

function megabytes(bytes: number): string {
  return bytes < 10e6 ? `${(bytes / 1e6).toFixed(1)} MB` : `${Math.round(bytes / 1e6)} MB`;
}

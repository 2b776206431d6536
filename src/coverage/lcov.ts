import { lineCounts, type Block } from './profile.js';

/** Coverage by file, from the workspace's root. */
export type CoveredFiles = ReadonlyMap<string, readonly Block[]>;

/** As lcov and genhtml read it. */
export function lcov(files: CoveredFiles): string {
  return [...files]
    .map(([file, blocks]) => {
      const counts = lineCounts(blocks);
      const hit = [...counts.values()].filter((count) => count > 0).length;
      const lines = [...counts].map(([line, count]) => `DA:${line},${count}\n`).join('');
      return `TN:\nSF:${file}\n${lines}LF:${counts.size}\nLH:${hit}\nend_of_record\n`;
    })
    .join('');
}

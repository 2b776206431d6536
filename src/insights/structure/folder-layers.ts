import { sortedByName } from '../../by-name.js';
import type { FolderLayers, TwoWayFolders } from '../report.js';
import type { WorkspaceModel } from '../model/workspace-model.js';
import { components } from './components.js';

/** How many folders are few enough to look at, and how many too few to tell anything. */
const FOLDERS = { least: 4, most: 40 };

/** Puts the folders of a workspace in layers. */
export function folderLayers(model: WorkspaceModel): FolderLayers {
  const dirs = [...model.packages.keys()];
  const foldersAt = (depth: number): Set<string> => new Set(dirs.map((dir) => folderOf(dir, depth)));
  const depth = foldersAt(1).size < FOLDERS.least && foldersAt(2).size <= FOLDERS.most ? 2 : 1;
  const edges = new Map<string, Map<string, { from: string; to: string }[]>>();
  for (const pkg of model.packages.values()) {
    const from = folderOf(pkg.package.dir, depth);
    for (const { package: imported } of model.importsOf(pkg, false)) {
      const to = folderOf(imported.dir, depth);
      if (from === to) continue;
      const known = edges.get(from) ?? new Map<string, { from: string; to: string }[]>();
      edges.set(from, known);
      known.set(to, [...(known.get(to) ?? []), { from: pkg.package.dir, to: imported.dir }]);
    }
  }
  const imports = sortedByName(edges).flatMap(([from, targets]) =>
    sortedByName(targets).map(([to, lines]) => ({ from, to, lines })),
  );
  return {
    layers: layersOf([...foldersAt(depth)].sort(), (folder) => [...(edges.get(folder)?.keys() ?? [])]),
    twoWays: imports.flatMap(({ from, to, lines }): TwoWayFolders[] => {
      const back = edges.get(to)?.get(from) ?? [];
      const isMost = lines.length > back.length || (lines.length === back.length && from < to);
      return back.length > 0 && isMost ? [{ folders: [from, to], imports: lines.length, back }] : [];
    }),
  };
}

function folderOf(dir: string, depth: number): string {
  return dir.split('/').slice(0, depth).join('/');
}

function layersOf(folders: readonly string[], nextOf: (folder: string) => readonly string[]): string[][] {
  const heights = new Map<string, number>();
  // What others reach comes first, so that its height is known.
  for (const members of components(folders, nextOf)) {
    const below = members.flatMap((folder) => nextOf(folder).filter((next) => !members.includes(next)));
    const height = Math.max(-1, ...below.map((folder) => heights.get(folder) ?? -1)) + 1;
    for (const folder of members) heights.set(folder, height);
  }
  const count = Math.max(-1, ...heights.values()) + 1;
  return Array.from({ length: count }, (_, height) => folders.filter((folder) => heights.get(folder) === height));
}

import { basename } from 'node:path';

import type { ProjectGraph } from '@nx/devkit';

import { openWorkspace } from '../workspace/load.js';
import { editCosts } from './edits/edit-costs.js';
import { FileChanges } from './edits/file-changes.js';
import { WorkspaceModel } from './model/workspace-model.js';
import type { InsightsReport } from './report.js';
import { structureOf } from './structure/structure.js';

/** Over how many days changes are counted. */
const DAYS = 90;

/**
 * Finds what there is to know of a workspace, from what is kept where nothing has changed since the last graph, and
 * from git. It builds nothing.
 *
 * @throws Error where packages cannot be listed.
 */
export async function collectInsights(root: string, graph: ProjectGraph): Promise<InsightsReport> {
  const workspace = await openWorkspace(root);
  const [model, changes] = await Promise.all([WorkspaceModel.load(graph, workspace), FileChanges.since(root, DAYS)]);
  workspace.save();
  const head = { version: 1, workspace: basename(root), time: Date.now(), days: DAYS } as const;
  if (model.packages.size === 0) {
    const none = { missing: 'The workspace has no Go packages.' };
    return { ...head, edits: none, structure: none, tests: none };
  }
  const dirs = new Set(model.packages.keys());
  const all = [...model.packages.values()].map(({ package: pkg }) => pkg);
  return {
    ...head,
    edits: { commits: changes.commits, packages: editCosts(model, changes.byPackage(dirs)) },
    structure: structureOf(model),
    tests: { untested: all.filter(({ testFiles }) => testFiles.length === 0).map(({ dir }) => dir) },
  };
}

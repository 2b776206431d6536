import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { WorkspacePlan } from '../../../testing/generated/plan.js';
import { MODULE } from '../../../testing/generated/sources.js';
import type { ExternalModule } from '../../../testing/module-proxy/modules.js';
import { sumLines, writeProxy } from '../../../testing/module-proxy/proxy.js';
import type { Files } from '../../../testing/workspace/files.js';
import { temporaryFolder } from '../../../testing/workspace/temporary-folder.js';
import type { Settings, SpeedWorkspace } from '../speed-workspace.js';

/** External modules of one package each; two libraries import each of them. */
const COUNT = 40;
/** Versions of the last one: one for each time that it is bumped. */
const VERSIONS = 200;
const pathOf = (number: number): string => `example.net/ext/module${String(number).padStart(2, '0')}`;
/** The import path of the package whose module is bumped. */
export const BUMPED = pathOf(COUNT - 1);

const modules: readonly ExternalModule[] = Array.from({ length: COUNT }, (_, number) =>
  Array.from({ length: number === COUNT - 1 ? VERSIONS : 1 }, (_one, patch) => external(pathOf(number), patch)),
).flat();

/** The files that have a workspace of this plan import external modules. */
export function moduleFiles(plan: WorkspacePlan): Files {
  const required = Array.from({ length: COUNT }, (_, number) => `\t${pathOf(number)} v1.0.0\n`).join('');
  const importers = Array.from({ length: COUNT }, (_, number) =>
    importersOf(plan, number).map(({ dir, name }) => [`${dir}/external.go`, importing(name, pathOf(number))]),
  ).flat();
  return {
    'go.mod': `module ${MODULE}\n\ngo 1.24\n\nrequire (\n${required})\n`,
    'go.sum': modules.map((module) => sumLines(module)).join(''),
    ...Object.fromEntries(importers),
  };
}

/** Where go gets the modules, and keeps them. */
export function moduleSettings(): Settings {
  const { folder, digest } = writeProxy(modules);
  return { GOPROXY: `file://${folder}`, GOMODCACHE: temporaryFolder('go-modules', digest) };
}

/** The libraries that import the module that is bumped. */
export function importersOfBumped(plan: WorkspacePlan): string[] {
  return importersOf(plan, COUNT - 1).map(({ dir }) => dir);
}

/** Takes a version of a module that was never there, and downloads it. */
export async function bump(workspace: SpeedWorkspace): Promise<void> {
  const file = join(workspace.root, 'go.mod');
  const text = readFileSync(file, 'utf8');
  const line = new RegExp(`(${BUMPED} v1\\.0\\.)(\\d+)`);
  writeFileSync(
    file,
    text.replace(line, (_, start: string, patch: string) => `${start}${Number(patch) + 1}`),
  );
  await workspace.go('mod', 'download');
}

function importersOf({ libraries }: WorkspacePlan, number: number) {
  return libraries.slice(2 * number, 2 * number + 2);
}

function external(path: string, patch: number): ExternalModule {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const source = `package ${name}

import "strings"

// Weight is another one in each version.
func Weight(of string) int { return len(strings.Fields(of)) + ${patch} }
`;
  return { path, version: `v1.0.${patch}`, files: { 'go.mod': `module ${path}\n\ngo 1.24\n`, [`${name}.go`]: source } };
}

function importing(name: string, path: string): string {
  const imported = path.slice(path.lastIndexOf('/') + 1);
  return `package ${name}

import "${path}"

// External is what an external module says.
func External() int { return ${imported}.Weight("${name}") }
`;
}

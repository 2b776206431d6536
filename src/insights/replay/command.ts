import { homedir } from 'node:os';
import { join } from 'node:path';

import { withSettingsFile } from '../../go/configuration/settings-file.js';
import { readRuns } from '../../explain/runs/run-log.js';
import { dataFolder } from '../../workspace/load.js';
import { printedReplay } from './print-replay.js';
import { replayedCommits } from './replay.js';
import { replayReport, type ReplayReport, type TimeOf } from './replay-report.js';

/** Replays the last commits of a workspace. @returns the report, and how it is printed. */
export async function replay(root: string, count: number): Promise<{ result: ReplayReport; text: () => string }> {
  const commits = replayedCommits({ root, count, moduleCache: moduleCache(process.env) });
  const result = await replayReport(commits, recordedTimes(root));
  return { result, text: () => printedReplay(result) };
}

/** The seconds that tasks took when they ran last with success. Projects are called by their directories. */
function recordedTimes(root: string): TimeOf {
  const seconds = new Map<string, number>();
  for (const { tasks } of readRuns(dataFolder(root)))
    for (const { task, success, start, end } of tasks) if (success) seconds.set(task, (end - start) / 1_000);
  return (kind, dir) => seconds.get(`${dir}:${kind}`);
}

/** GOMODCACHE, as go finds it. */
export function moduleCache(env: NodeJS.ProcessEnv): string {
  const { GOMODCACHE, GOPATH } = withSettingsFile(env);
  if (GOMODCACHE) return GOMODCACHE;
  const [gopath] = (GOPATH ?? '').split(process.platform === 'win32' ? ';' : ':');
  return join(gopath || join(env['HOME'] || homedir(), 'go'), 'pkg/mod');
}

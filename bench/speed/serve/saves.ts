import type { PlannedPackage } from '../../../testing/generated/plan.js';
import { Random } from '../../../testing/random/random.js';
import type { Amount } from '../../report/result.js';
import { memoryOf } from '../../timing/peak-memory.js';
import type { SpeedWorkspace } from '../speed-workspace.js';
import { handlesOf } from './kills.js';
import { growth } from './restarts.js';
import { editWeight, serveMains } from './served-mains.js';

/** Saves at random while one process leads: it is to hold no more memory and files at the end than near the start. */
export async function saveUnderOneLeader(
  workspace: SpeedWorkspace,
  ports: ReadonlyMap<PlannedPackage, number>,
  saves: number,
  progress: (text: string) => void,
): Promise<Amount[]> {
  const random = new Random('saves');
  const packages = [...workspace.plan.libraries, ...ports.keys()];
  const serving = await serveMains(workspace, ports);
  const memory: number[] = [];
  let handles = 0;
  try {
    for (let number = 1; number <= saves; number++) {
      editWeight(workspace, random.of(packages));
      await new Promise((resolve) => setTimeout(resolve, random.below(400)));
      memory.push(memoryOf([serving.leader() ?? 0]));
      handles = Math.max(handles, handlesOf(serving));
      if (number % 50 === 0)
        progress(`  ${number} saves: ${Math.round((memory.at(-1) ?? 0) / 1e6)} MB, at most ${handles} handles`);
    }
  } finally {
    await serving.end('SIGINT');
  }
  const name = `memory of one leader during ${saves} saves, last fifth less second`;
  return [
    { name, value: growth(memory) / 1e6, unit: 'MB', atMost: 20 },
    { name: 'open files of the leader, at most', value: handles, unit: '', atMost: 400 },
  ];
}

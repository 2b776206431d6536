import { until, type Serving } from '../../../testing/serving/serving.js';
import type { PlannedPackage } from '../../../testing/generated/plan.js';
import type { Amount } from '../../report/result.js';
import { memoryOf } from '../../timing/peak-memory.js';
import type { SpeedWorkspace } from '../speed-workspace.js';
import { serveMains } from './served-mains.js';

/** What the processes of `serve` hold while all programs run and nothing happens, the programs themselves left out. */
export async function idleMemory(
  workspace: SpeedWorkspace,
  ports: ReadonlyMap<PlannedPackage, number>,
): Promise<Amount[]> {
  const serving = await serveMains(workspace, ports);
  try {
    const recorded = (): number => serving.output.match(/it is recorded how go builds it$/gm)?.length ?? 0;
    await until('all recorded', () => recorded() === ports.size);
    await new Promise((resolve) => setTimeout(resolve, 5000));
    const leader = await until('a leader', () => serving.leader());
    const members = membersOf(serving).filter((pid) => pid !== leader);
    const each = memoryOf(members) / members.length;
    return [
      {
        name: `memory of the leader of ${ports.size} programs`,
        value: memoryOf([leader]) / 1e6,
        unit: 'MB',
        atMost: 250,
      },
      { name: 'memory of each other process that serves', value: each / 1e6, unit: 'MB', atMost: 120 },
    ];
  } finally {
    await serving.end('SIGINT');
  }
}

/** The processes in which executors run. */
function membersOf(serving: Serving): number[] {
  return [...serving.processes()].flatMap(([pid, command]) => (/run-executor/.test(command) ? pid : []));
}

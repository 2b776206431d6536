import { existsSync, readdirSync } from 'node:fs';
import { connect } from 'node:net';

import type { PlannedPackage } from '../../../testing/generated/plan.js';
import { Random } from '../../../testing/random/random.js';
import { answer, kill, until, type Serving } from '../../../testing/serving/serving.js';
import type { Amount } from '../../report/result.js';
import type { SpeedWorkspace } from '../speed-workspace.js';
import { editWeight, serveMains } from './served-mains.js';

/** One kill among so many saves. */
const SAVES_A_KILL = 10;

/** Saves, and kills Nx, the leader or a program at random with SIGKILL: nothing is to be left of any of them. */
export async function kills(
  workspace: SpeedWorkspace,
  ports: ReadonlyMap<PlannedPackage, number>,
  saves: number,
  progress: (text: string) => void,
): Promise<Amount[]> {
  const random = new Random('kills');
  const packages = [...workspace.plan.libraries, ...ports.keys()];
  let serving = await serveMains(workspace, ports);
  let [left, killed, handles] = [0, 0, 0];
  try {
    for (let number = 1; number <= saves; number++) {
      editWeight(workspace, random.of(packages));
      await new Promise((resolve) => setTimeout(resolve, random.below(400)));
      handles = Math.max(handles, handlesOf(serving));
      if (number % SAVES_A_KILL > 0) continue;
      killed++;
      const whom = random.of(['Nx', 'leader', 'program'] as const);
      await killOne(whom, serving, ports);
      if (whom !== 'program') {
        await serving.end(whom === 'Nx' ? 'SIGKILL' : 'SIGINT');
        left += await leftOf(serving, ports);
        serving = await serveMains(workspace, ports);
      }
      progress(`  ${number} saves, ${killed} kills: ${left} left, at most ${handles} handles`);
    }
  } finally {
    await serving.end('SIGINT');
    left += await leftOf(serving, ports);
  }
  return [
    {
      name: `processes, ports and sockets left after ${saves} saves and ${killed} kills`,
      value: left,
      unit: '',
      atMost: 0,
    },
    { name: 'open files of the leader, at most', value: handles, unit: '', atMost: 400 },
  ];
}

async function killOne(
  whom: 'Nx' | 'leader' | 'program',
  serving: Serving,
  ports: ReadonlyMap<PlannedPackage, number>,
): Promise<void> {
  if (whom === 'Nx') return void serving.child.kill('SIGKILL');
  if (whom === 'leader') {
    const leader = await until('a leader', () => serving.leader());
    kill(leader);
    await until('another leader', () => ![undefined, leader].includes(serving.leader()));
    return;
  }
  const [port] = ports.values();
  const pid = (await answer(port ?? 0))?.pid;
  if (pid !== undefined) kill(pid);
}

/** What is still there once all has had time to end. */
async function leftOf(serving: Serving, ports: ReadonlyMap<PlannedPackage, number>): Promise<number> {
  await until('all ended', () => serving.processes().size === 0, 20_000).catch(() => undefined);
  const listening = await Promise.all([...ports.values()].map(isTaken));
  const processes = [...serving.processes()];
  for (const [pid, command] of processes) {
    process.stderr.write(`left: ${pid} ${command}\n`);
    kill(pid);
  }
  return processes.length + listening.filter(Boolean).length + (serving.leader() === undefined ? 0 : 1);
}

function isTaken(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}

/** How many files the leader has open. */
export function handlesOf(serving: Serving): number {
  const folder = `/proc/${serving.leader() ?? 0}/fd`;
  try {
    return existsSync(folder) ? readdirSync(folder).length : 0;
  } catch {
    // It has just ended.
    return 0;
  }
}

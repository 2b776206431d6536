import { Agent } from 'node:http';

import type { PlannedPackage } from '../../../testing/generated/plan.js';
import { freePorts, Load, status, until } from '../../../testing/serving/serving.js';
import { writeFiles } from '../../../testing/workspace/files.js';
import type { Amount } from '../../report/result.js';
import type { SpeedWorkspace } from '../speed-workspace.js';
import { editWeight, replaceIn, serveMains, textOf } from './served-mains.js';

/** Every so many saves one does not compile. */
const BROKEN = 5;

/** Asks a program behind a proxy without a pause while it is saved: only a broken one may say so. */
export async function throughProxy(
  workspace: SpeedWorkspace,
  main: PlannedPackage,
  saves: number,
  progress: (text: string) => void,
): Promise<Amount[]> {
  const [port] = (await freePorts(1)) as [number];
  const targets = { serve: { options: { proxy: { port } } } };
  writeFiles(workspace.root, { [`${main.dir}/project.json`]: JSON.stringify({ targets }), [`${main.dir}/.env`]: '' });
  const serving = await serveMains(workspace, new Map([[main, port]]));
  const agent = new Agent({ keepAlive: true, maxSockets: 4 });
  const load = new Load(port, agent);
  const file = workspace.path(`${main.dir}/main.go`);
  try {
    for (let number = 1; number <= saves; number++) {
      const before = await textOf(port);
      if (number % BROKEN === 0) {
        load.isBroken = true;
        replaceIn(file, /return sum/, () => 'retrun sum');
        await until('503', async () => (await status(port, agent)) === 503);
        replaceIn(file, /retrun sum/, () => 'return sum');
        await until('200', async () => (await status(port, agent)) === 200);
        load.isBroken = false;
      } else {
        editWeight(workspace, main);
        await until('a new answer', async () => ![before, undefined].includes(await textOf(port)));
      }
      if (number % 20 === 0)
        progress(`  ${number} saves: ${load.count} answers, wrong: ${load.wrong.join() || 'none'}`);
    }
    await until('enough answers', () => load.count >= saves * 100);
    await load.end();
  } finally {
    agent.destroy();
    await serving.end('SIGINT');
  }
  const name = `errors, 502, and 503 of what compiles, of ${load.count} answers during ${saves} saves`;
  return [{ name, value: load.wrong.length, unit: '', atMost: 0 }];
}

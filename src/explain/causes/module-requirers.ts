import { runGo } from '../../go/process/command.js';
import type { ModuleGroup } from '../../workspace/workspace.js';

/** Most modules that are named. */
const MOST = 3;

/**
 * Whose go.mod asks for a version of a module: main modules by their path, others with their version. Empty where go
 * cannot tell, without a network for example.
 *
 * @param root absolute, of the workspace.
 */
export async function moduleRequirers(
  root: string,
  group: ModuleGroup,
  path: string,
  version: string,
): Promise<string[]> {
  const cwd = group.dir === '.' ? root : `${root}/${group.dir}`;
  const env = { ...group.env, GOFLAGS: '', GOPROXY: 'off' };
  const { exitCode, stdout } = await runGo({ path: 'go', version: '' }, ['mod', 'graph'], { cwd, env });
  if (exitCode !== 0) return [];
  const wanted = `${path}@${version}`;
  const requirers = stdout.split('\n').flatMap((line) => {
    const [by, required] = line.split(' ');
    return required === wanted && by !== undefined ? [by] : [];
  });
  // Main modules have no version: what they ask for explains most.
  return requirers.sort((a, b) => Number(a.includes('@')) - Number(b.includes('@'))).slice(0, MOST);
}

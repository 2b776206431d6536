import type { TargetConfiguration } from '@nx/devkit';

import { targetFacts } from '../../facts/target-facts.js';
import type { LambdaSettings } from '../../serve/lambda/function-settings.js';
import type { ServeExecutorOptions } from './schema.js';

/**
 * How a Lambda handler is served; undefined for another program. The graph tells by its imports which programs are
 * handlers; one that is given a proxy listens on a port itself.
 *
 * @param build the target that builds the program.
 */
export function lambdaOption(
  { lambda, proxy }: Pick<ServeExecutorOptions, 'lambda' | 'proxy'>,
  build: TargetConfiguration | undefined,
): LambdaSettings | undefined {
  const given = lambda ?? (targetFacts(build)?.lambda === true && !proxy);
  return given === true ? {} : given || undefined;
}

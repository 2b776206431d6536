import type { BuildConfigurationOptions } from '../../go/configuration/build-configuration.js';
import { filledEnvironment, hasVariables } from '../../variables/option-variables.js';
import { isGoVariable } from '../kept/environment-key.js';

/**
 * Options as they hold for a listing: with the variables of the environment filled in.
 *
 * Left out are those that are not set, which the target says when it runs, and those that go does not read: a version
 * that is another one at each commit is no reason to list everything again.
 */
export function listedOptions(options: BuildConfigurationOptions, env: NodeJS.ProcessEnv): BuildConfigurationOptions {
  const own = options.env ?? {};
  if (!Object.values(own).some((text) => text.includes('$'))) return options;
  const entries = Object.entries(filledEnvironment(own, env));
  const read = entries.filter(([name]) => isGoVariable(name) || !hasVariables(own[name] ?? ''));
  return { ...options, env: Object.fromEntries(read) };
}

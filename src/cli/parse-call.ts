import { parseArgs, type ParseArgsConfig } from 'node:util';

/**
 * Reads the arguments of a command.
 *
 * @throws Error for what the command does not take, with how it is called.
 */
export function parseCall<const Config extends ParseArgsConfig>(
  config: Config,
  usage: string,
): ReturnType<typeof parseArgs<Config>> {
  try {
    return parseArgs(config);
  } catch (error) {
    throw new Error(`${(error as Error).message}\n\n${usage}`, { cause: error });
  }
}

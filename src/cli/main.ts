#!/usr/bin/env node
import { parseArgs } from 'node:util';

import { doctor } from './doctor.js';

const USAGE = `Usage: nx-gopher doctor [--json] [--compare <file>]

  doctor              says what decides whether machines share cache hits, and what costs hits on this one
  --json              prints it as JSON, to be compared on another machine
  --compare <file>    compares with such a file; the exit code is 1 when something differs`;

/** Runs the command line, and gives the exit code: 0, 1 for findings of a comparison, 2 for a wrong call. */
async function main(args: readonly string[]): Promise<number> {
  let call;
  try {
    call = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { json: { type: 'boolean' }, compare: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    });
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${USAGE}`);
    return 2;
  }
  const { values, positionals } = call;
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  if (positionals.length !== 1 || positionals[0] !== 'doctor') {
    console.error(USAGE);
    return 2;
  }
  return doctor(values);
}

// Nx keeps connections open: the process ends here, not when they do.
main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: Error) => {
    console.error(`nx-gopher: ${error.message}`);
    process.exit(2);
  },
);

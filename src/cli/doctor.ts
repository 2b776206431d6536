import { workspaceRoot } from '@nx/devkit';

import { compare, incomparable } from '../doctor/compare.js';
import { examine } from '../doctor/examine.js';
import { printed, printedComparison } from '../doctor/print.js';
import { readDiagnosis } from '../doctor/read-diagnosis.js';
import { parseCall } from './parse-call.js';

const USAGE = `Usage: nx-gopher doctor [--json] [--compare <file>]

Says what decides whether machines share cache hits, and what costs hits on this one.

  --json              prints it as JSON, to be compared on another machine
  --compare <file>    compares with such a file; the exit code is 1 when something differs`;

interface DoctorOptions {
  readonly json?: boolean | undefined;
  /** A file that `--json` wrote on another machine. */
  readonly compare?: string | undefined;
}

/**
 * Prints a diagnosis, or how it differs from another machine's.
 *
 * @returns the exit code: 1 when a comparison finds a difference, else 0.
 * @throws Error when the arguments are wrong, or the file to compare with is not a diagnosis.
 */
export async function doctor(args: readonly string[]): Promise<number> {
  const options = parseOptions(args);
  if (options.help) {
    console.log(USAGE);
    return 0;
  }
  const other = options.compare === undefined ? undefined : readDiagnosis(options.compare);
  const diagnosis = await examine(workspaceRoot);
  if (!other) {
    console.log(options.json ? JSON.stringify(diagnosis, null, 2) : printed(diagnosis));
    return 0;
  }
  const differences = compare(diagnosis, other);
  const unknown = incomparable(diagnosis, other);
  console.log(
    options.json
      ? JSON.stringify({ differences, incomparable: unknown }, null, 2)
      : printedComparison(differences, unknown),
  );
  return differences.length ? 1 : 0;
}

function parseOptions(args: readonly string[]): DoctorOptions & { readonly help?: boolean | undefined } {
  const options = {
    json: { type: 'boolean' },
    compare: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  } as const;
  return parseCall({ args: [...args], options }, USAGE).values;
}

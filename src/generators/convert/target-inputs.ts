import type { Inputs } from '../../inputs/embed-patterns.js';
import type { Peer } from './peer.js';
import type { ConversionReport } from './report.js';

/** Inputs that hold everything in a project: next to exact ones they would only run tasks needlessly. */
const EVERYTHING = ['default', '^default', 'production', '^production', '{projectRoot}/**/*'];

/** A target's own inputs without those that stand for Go sources; what remains is put behind the inferred ones. */
export function convertInputs(
  inputs: Inputs | undefined,
  peer: Peer,
  where: string,
  report: ConversionReport,
): Inputs | undefined {
  if (!inputs) return undefined;
  const isOurs = (input: unknown) =>
    typeof input === 'string' && (peer.sourceInputs.includes(input) || EVERYTHING.includes(input) || input === '...');
  const rest = inputs.filter((input) => !isOurs(input));
  const gone = inputs.filter((input) => isOurs(input) && input !== '...');
  if (gone.length) report.inferredNow(where, 'inputs', gone);
  if (rest.length === 0) return undefined;
  return ['...', ...rest] as Inputs;
}

import { readFileSync } from 'node:fs';

import type { Diagnosis } from './diagnosis.js';

/**
 * Reads what `nx-gopher doctor --json` wrote on another machine.
 *
 * @throws Error when the file cannot be read, or is no diagnosis of this version.
 */
export function readDiagnosis(file: string): Diagnosis {
  const wanted = `Write one on the other machine with \`nx-gopher doctor --json > ${file}\`.`;
  let diagnosis: Partial<Diagnosis>;
  try {
    diagnosis = JSON.parse(readFileSync(file, 'utf8')) as Partial<Diagnosis>;
  } catch (error) {
    throw new Error(`${file} cannot be read: ${(error as Error).message}. ${wanted}`, { cause: error });
  }
  if (diagnosis.version !== 1) throw new Error(`${file} is not a diagnosis of this version of nx-gopher. ${wanted}`);
  return diagnosis as Diagnosis;
}

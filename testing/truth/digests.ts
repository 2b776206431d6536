import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

export function digestOfFile(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

/**
 * Digest of the files a package's test finds next to it: testdata, and what lies in its directory and is no source.
 * Go's manifests are left out: what they say is in the binary.
 *
 * @param digest gives the digest of one file.
 */
export function digestOfTestFiles(directory: string, digest: (file: string) => string = digestOfFile): string {
  const testdata = join(directory, 'testdata');
  const inDirectory = readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.go$|^go\.(mod|sum|work|work\.sum)$/.test(entry.name))
    .map((entry) => join(directory, entry.name));
  const below = existsSync(testdata)
    ? readdirSync(testdata, { withFileTypes: true, recursive: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
    : [];
  const hash = createHash('sha256');
  for (const file of [...inDirectory, ...below].sort()) hash.update(`${relative(directory, file)}\0${digest(file)}\n`);
  return hash.digest('hex');
}

import { posix } from 'node:path';

import type { Tree } from '@nx/devkit';

import { findGo } from '../../go/process/command.js';
import { editGoFile } from '../../go/modules/edit-file.js';
import { compareGoVersions } from '../../go/modules/go-version.js';
import { parseModFile } from '../../go/modules/mod-file.js';
import type { GoModule } from '../placing/modules.js';

const LAMBDA_MODULE = 'github.com/aws/aws-lambda-go';

interface Release {
  readonly version: string;
  /** Its go directive: a module with a lower one cannot require it. */
  readonly goVersion: string;
  /** Its lines in go.sum. */
  readonly sums: readonly [string, string];
}

/** The newest release, and the newest one before Go 1.26. */
export const LAMBDA_RELEASES: readonly [Release, Release] = [
  {
    version: 'v1.55.1',
    goVersion: '1.26',
    sums: ['h1:We2cCp4BwqqH/JW+bEEo1FhgG71rslvjfi4y7KmlrR0=', 'h1:V+NzkHNR6vBC8C1PDloqSLE+7jYWFiPvJJFiCiTm8nE='],
  },
  {
    version: 'v1.54.0',
    goVersion: '1.18',
    sums: ['h1:EGYpdyRGF88xszqlGcBewz811mJeRS+maNlLZXFheII=', 'h1:dpMpZgvWx5vuQJfBt0zqBha60q7Dd7RfgJv23DymV8A='],
  },
];

/** What `go mod tidy` adds to go.sum for the tests of either release. */
const SUMS_OF_TESTS = [
  'github.com/davecgh/go-spew v1.1.1 h1:vj9j/u1bqnvCEfJOwUhtlOARqs3+rkHYY13jYWTU97c=',
  'github.com/davecgh/go-spew v1.1.1/go.mod h1:J7Y8YcW2NihsgmVo/mv3lAwl/skON4iLHjSsI+c5H38=',
  'github.com/pmezard/go-difflib v1.0.0 h1:4DBwDE0NGyQoBHbLQYPwSUPoCMWR5BEzIk/f1lZbAQM=',
  'github.com/pmezard/go-difflib v1.0.0/go.mod h1:iKH77koFhYxTK1pcRnkKkqfTogsbg7gZNVY4sRDYZ/4=',
  'github.com/stretchr/testify v1.7.2 h1:4jaiDzPyXQvSd7D0EjG45355tLlV3VOECpq10pLC+8s=',
  'github.com/stretchr/testify v1.7.2/go.mod h1:R6va5+xMeoiuVRoj+gSkQ7d3FALtqAAGI1FQKckRals=',
  'gopkg.in/yaml.v3 v3.0.1 h1:fxVm/GzAzEWqLHuvctI91KS9hhNmmWOoWu0XTYJS7CA=',
  'gopkg.in/yaml.v3 v3.0.1/go.mod h1:K4uyk7z7BCEPqu6E+C64Yfv1cQ7kz7rIZviUmN+EgEM=',
];

/**
 * Has a module require aws-lambda-go, unless it does so already: what `go get` and `go mod tidy` would write, but known
 * beforehand. So a dry run shows it, it works without a network, and nothing is written when the generator fails.
 */
export async function requireLambda(tree: Tree, module: GoModule): Promise<void> {
  const file = posix.join(module.dir, 'go.mod');
  const text = tree.read(file, 'utf-8') ?? '';
  if (parseModFile(text).some(({ verb, args }) => verb === 'require' && args[0] === LAMBDA_MODULE)) return;
  const release = LAMBDA_RELEASES.find(({ goVersion }) => compareGoVersions(goVersion, module.goVersion) <= 0);
  const { version, sums } = release ?? LAMBDA_RELEASES[1];
  const args = [`-require=${LAMBDA_MODULE}@${version}`];
  tree.write(file, await editGoFile(await findGo(tree.root), 'mod', file, text, args));
  const [sum, modSum] = sums;
  const lines = [`${LAMBDA_MODULE} ${version} ${sum}`, `${LAMBDA_MODULE} ${version}/go.mod ${modSum}`];
  const sumFile = posix.join(module.dir, 'go.sum');
  tree.write(sumFile, withSums(tree.read(sumFile, 'utf-8') ?? '', [...lines, ...SUMS_OF_TESTS]));
}

/** Puts lines into a go.sum where they belong; those that are there stay where they are. */
export function withSums(text: string, lines: readonly string[]): string {
  const all = text.split('\n').filter((line) => line !== '');
  for (const line of lines.filter((one) => !all.includes(one))) {
    const next = all.findIndex((other) => other > line);
    all.splice(next < 0 ? all.length : next, 0, line);
  }
  return all.map((line) => `${line}\n`).join('');
}

import { posix } from 'node:path';

import { generateFiles, logger, type GeneratorCallback, type Tree } from '@nx/devkit';

import { compareGoVersions } from '../../go/modules/go-version.js';
import { packageFile } from '../../package-root.js';
import { ask } from '../placing/ask.js';
import { directoryFor, refuseFile, refuseGoFiles } from '../placing/directory.js';
import { landingModule } from '../placing/landing-module.js';
import { directoryAbove, importPathOf, type GoModule } from '../placing/modules.js';
import { eventTemplates, LAMBDA_EVENTS, type LambdaEvent } from './events.js';
import { requireLambda } from './lambda-module.js';
import { declareFunction } from './module-function.js';
import type { HandlerGeneratorSchema } from './schema.js';

/** What the templates need: the patterns of net/http, `range` over a number, log/slog. */
const MINIMUM_GO_DIRECTIVE = '1.22';

/** The event of a Lambda function whose event nobody names. */
const DEFAULT_EVENT: LambdaEvent = 'apigw-http';

/**
 * Makes a main package: a thin `main`, the handler that it runs, and a test of that handler. Everything is checked
 * before anything is written.
 */
export async function handlerGenerator(
  tree: Tree,
  options: HandlerGeneratorSchema,
): Promise<GeneratorCallback | undefined> {
  const dir = directoryFor(tree, options.path);
  refuseGoFiles(tree, dir);
  const event = await lambdaEvent(options);
  if (event !== undefined) refuseFile(tree, posix.join(dir, 'testdata/event.json'));
  const module = await landingModule(tree, dir, options.module);
  refuseOldDirective(module);
  const command = posix.basename(importPathOf(module, dir));
  if (event === undefined) {
    generateFiles(tree, templates(options.kind), dir, { command });
    return undefined;
  }
  const { folders, substitutions } = eventTemplates(event);
  for (const folder of folders) generateFiles(tree, templates(`lambda/${folder}`), dir, { command, ...substitutions });
  await requireLambda(tree, module);
  declareFunction(tree, dir);
  return remindOfVendoring(tree, module);
}

export default handlerGenerator;

async function lambdaEvent({ kind, event }: HandlerGeneratorSchema): Promise<LambdaEvent | undefined> {
  if (kind !== 'lambda') {
    if (event === undefined) return undefined;
    throw new Error(`--event is for --kind=lambda only, and the kind is ${kind}. Leave --event out.`);
  }
  const answer = event ?? (await ask(`Event of the function (${LAMBDA_EVENTS.join(', ')})`, DEFAULT_EVENT));
  const chosen = LAMBDA_EVENTS.find((one) => one === (answer ?? DEFAULT_EVENT));
  if (chosen === undefined) {
    throw new Error(`"${answer}" is no event of a Lambda function. Choose one of ${LAMBDA_EVENTS.join(', ')}.`);
  }
  return chosen;
}

function refuseOldDirective(module: GoModule): void {
  if (compareGoVersions(module.goVersion, MINIMUM_GO_DIRECTIVE) >= 0) return;
  throw new Error(
    `The module in "${module.dir}" is for Go ${module.goVersion || '1.16'}, and a handler needs ${MINIMUM_GO_DIRECTIVE}. ` +
      `Raise it first: go mod edit -go=${MINIMUM_GO_DIRECTIVE} ${posix.join(module.dir, 'go.mod')}`,
  );
}

function templates(folder: string): string {
  return packageFile('src/generators/handler/files', folder);
}

/** Vendored code is copied by the go command alone; without it the new function does not build. */
function remindOfVendoring(tree: Tree, module: GoModule): GeneratorCallback | undefined {
  const workDir = directoryAbove(tree, module.dir, 'go.work');
  const vendored = [module.dir, ...(workDir === undefined ? [] : [workDir])].find((dir) =>
    tree.exists(posix.join(dir, 'vendor/modules.txt')),
  );
  if (vendored === undefined) return undefined;
  const command = vendored === workDir ? 'go work vendor' : 'go mod vendor';
  return () => logger.warn(`"${vendored}" has a vendor directory. Bring it up to date there: ${command}`);
}

import { originOf } from '../../inputs/external-modules.js';
import type { TargetListing } from '../../inputs/target-request.js';
import { Closures } from '../../workspace/listing/closure.js';
import type { ModuleGroup } from '../../workspace/workspace.js';
import { LAMBDA } from '../packaging/archive-options.js';

/**
 * Whether a main package waits for invocations of AWS Lambda: it imports the package that does so, or a package of the
 * workspace that it is made of does. What imports it elsewhere may only offer to.
 *
 * @param dir of the main package.
 */
export function isLambdaHandler(dir: string, listings: readonly TargetListing[], group: ModuleGroup): boolean {
  return listings.some(({ listing: { packages } }) => {
    if (!LAMBDA.some((path) => packages.has(path))) return false;
    const closures = Closures.of(packages);
    const roots = closures.packages.filter((pkg) => pkg.dir === dir && pkg.linkedBy === undefined);
    const closure = closures.packagesIn(closures.closure(roots.map(({ importPath }) => importPath)));
    return closure.some(
      (pkg) => originOf(pkg, group) === 'workspace' && pkg.imports.some((path) => LAMBDA.includes(path)),
    );
  });
}

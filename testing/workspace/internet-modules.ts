import { temporaryFolder } from './temporary-folder.js';

/**
 * Settings under which the go command downloads real modules, into a module cache that the next run uses again. For
 * what only the real module proves, such as the types of aws-lambda-go; as npm packages do, it needs a network once.
 */
export function internetModules(): Readonly<Record<'GOPROXY' | 'GOMODCACHE', string>> {
  return {
    GOPROXY: process.env['GOPROXY'] ?? 'https://proxy.golang.org,direct',
    GOMODCACHE: temporaryFolder('go-modules', 'internet'),
  };
}

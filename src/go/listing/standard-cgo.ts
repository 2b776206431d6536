import type { TagMatcher } from '../sources/build-constraint.js';

/** Built with cgo wherever there is cgo, themselves or through what they import. */
const EVERYWHERE = ['plugin', 'runtime/cgo'];

/** Built with cgo through net or os/user, which take the resolver and the user database of the C library (Go 1.26). */
const BY_LIBRARY = [
  ...['archive/tar', 'crypto/tls', 'crypto/x509', 'expvar', 'log/syslog', 'mime/multipart', 'net', 'net/http'],
  ...['net/http/cgi', 'net/http/cookiejar', 'net/http/fcgi', 'net/http/httptest', 'net/http/httptrace'],
  ...['net/http/httputil', 'net/http/pprof', 'net/mail', 'net/rpc', 'net/rpc/jsonrpc', 'net/smtp', 'net/textproto'],
  'os/user',
];

/** Whether one of the imports is a package of the standard library that is built with cgo, directly or not. */
export function usesStandardCgo(imports: readonly string[], matches: TagMatcher): boolean {
  if (!matches('cgo')) return false;
  // macOS and Windows are asked without cgo.
  const byLibrary = matches('unix') && !matches('darwin');
  return imports.some((path) => EVERYWHERE.includes(path) || (byLibrary && BY_LIBRARY.includes(path)));
}

/** Of a record of `go list -json`: what the C compiler gets. */
export interface CgoFiles {
  readonly CgoFiles?: string[];
  readonly SwigFiles?: string[];
  readonly SwigCXXFiles?: string[];
}

/**
 * The packages of the standard library that are built with cgo (net, os/user), directly or not.
 *
 * @param records of `go list -deps`, which names a package after all it imports.
 */
export function standardCgoPackages(records: readonly StandardRecord[]): ReadonlySet<string> {
  const withCgo = new Set<string>();
  for (const { ImportPath, Standard, Imports, ...files } of records) {
    if (Standard && (usesCgo(files) || Imports?.some((path) => withCgo.has(path)))) withCgo.add(ImportPath);
  }
  return withCgo;
}

interface StandardRecord extends CgoFiles {
  readonly ImportPath: string;
  readonly Standard?: boolean;
  readonly Imports?: readonly string[];
}

/** Whether a package holds cgo or swig itself. */
export function usesCgo(raw: CgoFiles): boolean {
  return Boolean(raw.CgoFiles?.length || raw.SwigFiles?.length || raw.SwigCXXFiles?.length);
}

import type { TagMatcher } from './build-constraint.js';

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

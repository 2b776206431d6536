/** Seconds that a `go list` may take unless NX_GOPHER_TIMEOUT says otherwise. */
const DEFAULT = 300;

/** How long a `go list` may take, in milliseconds. */
export function listingTimeout(env: NodeJS.ProcessEnv): number {
  return Number(env['NX_GOPHER_TIMEOUT'] ?? DEFAULT) * 1000;
}

import type { Message } from './govulncheck.js';

/**
 * The messages of several answers as those of one: each vulnerability, each finding and each list of modules once.
 * govulncheck makes its formats of them in the order in which it writes them itself.
 */
export function mergedMessages(answers: readonly (readonly Message[])[]): Message[] {
  const all = answers.flat();
  const of = (name: 'config' | 'SBOM' | 'osv' | 'finding'): Message[] => {
    const own = all.filter((message) => message[name] !== undefined);
    return [...new Map(own.map((message) => [JSON.stringify(message), message])).values()];
  };
  return [...of('config').slice(0, 1), ...of('SBOM').slice(0, 1), ...of('osv'), ...of('finding')];
}

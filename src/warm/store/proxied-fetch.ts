/**
 * `fetch`, through the proxy that the environment names for an address: the same as Nx takes for the results of tasks.
 * The library for it is loaded where there is one.
 *
 * @throws Error for a proxy that is none.
 */
export async function fetchFor(address: URL, env: NodeJS.ProcessEnv): Promise<typeof fetch> {
  const proxy = proxyFor(address, env);
  if (proxy === undefined) return fetch;
  // Bundled, this CommonJS module has no other export.
  const { default: undici } = await import('undici');
  const dispatcher = new undici.EnvHttpProxyAgent({
    httpProxy: proxy,
    httpsProxy: proxy,
    noProxy: env['NO_PROXY'] || env['no_proxy'] || '',
    // Proxies often tunnel to servers with TLS alone; the others they ask themselves.
    proxyTunnel: false,
  });
  const proxied = (url: string, init: object): unknown => undici.fetch(url, { ...init, dispatcher });
  return proxied as typeof fetch;
}

function proxyFor({ protocol }: URL, env: NodeJS.ProcessEnv): string | undefined {
  const name = protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  const named = [name, name.toLowerCase(), 'ALL_PROXY', 'all_proxy'].map((one) => env[one]).find(Boolean);
  return named === undefined || /^[a-z0-9+]+:\/\//i.test(named) ? named : `http://${named}`;
}

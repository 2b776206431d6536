/** nx.json, as far as it names plugins. */
export interface NamesPlugins {
  readonly plugins?: readonly unknown[];
}

/** The options of each entry of the plugin in nx.json, as they are written. */
export function pluginEntries(nxJson: NamesPlugins | undefined): Readonly<Record<string, unknown>>[] {
  return (nxJson?.plugins ?? []).flatMap((entry) => {
    const { plugin, options } = Object(entry) as { readonly plugin?: unknown; readonly options?: unknown };
    return plugin === 'nx-gopher' ? [Object(options ?? {}) as Readonly<Record<string, unknown>>] : [];
  });
}

import { pluginEntries, type NamesPlugins } from '../plugin-entries.js';

/** What the option `onWrongCacheEntry` takes: what is done about what a cache gave that a task has not made. */
export const WRONG_ENTRY_ACTIONS = ['fail', 'rebuild'] as const;

/** Whether the plugin's options ask for what is wrong to be built anew in the same run. */
export function rebuildsWrongEntries(options: unknown): boolean {
  return (Object(options) as { readonly onWrongCacheEntry?: unknown }).onWrongCacheEntry === 'rebuild';
}

/** As {@link rebuildsWrongEntries}, by the entries of the plugin in nx.json. */
export function rebuildsWrongEntriesIn(nxJson: NamesPlugins | undefined): boolean {
  return pluginEntries(nxJson).some((options) => rebuildsWrongEntries(options));
}

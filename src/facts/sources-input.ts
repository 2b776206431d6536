/**
 * The named input of a library's sources under the first shared build configuration; those for others have a number
 * at the end (`goSources-2`). In nx.json it is that of projects without Go: empty.
 */
export const SOURCES_INPUT = 'goSources';

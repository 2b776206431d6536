/** GitHub refuses a comment of more than 65,536 characters. */
const LONGEST = 60_000;

/**
 * A name or a line as code in Markdown, also in a cell of a table: whatever is in it stands there as it is. Nothing of
 * it ends the cell, is markup, or mentions anybody.
 */
export function markdownCode(text: string): string {
  const visible = text.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, visibleControl);
  if (/^[^\s`|<>&\\](?:[^`|<>&\\]*[^\s`|<>&\\])?$/.test(visible)) return `\`${visible}\``;
  // Within an HTML element markup still counts: each character that could be some is written by its number.
  const escaped = visible.replace(/[^\p{L}\p{N} ./,→-]/gu, (character) => `&#${character.codePointAt(0)};`);
  return `<code>${escaped}</code>`;
}

function visibleControl(character: string): string {
  return character === '\n' ? '\\n' : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** As many rows of a table as go into a comment, and how many are left out. */
export function withinLength(rows: readonly string[]): string[] {
  let length = 0;
  const fit = rows.findIndex((row) => (length += row.length + 1) > LONGEST);
  return fit < 0 ? [...rows] : [...rows.slice(0, fit), `| and ${rows.length - fit} more | | |`];
}

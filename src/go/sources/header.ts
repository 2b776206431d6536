/**
 * The part of a Go file that a listing can depend on: everything before its first declaration that is not an import
 * (package clause, imports, build constraints, cgo preamble, `//go:debug`), and each `//go:embed` line after it.
 * An edit that leaves this text alone cannot change what `go list` answers.
 *
 * Comments are kept: telling a cgo preamble from a remark is not worth the listing it would save.
 */
export function goHeader(source: string): string {
  const end = firstDeclaration(source);
  const rest = source.slice(end);
  const embeds = rest.includes('//go:embed') ? (rest.match(/^[ \t]*\/\/go:embed.*$/gm) ?? []) : [];
  return [source.slice(0, end), ...embeds].join('\n');
}

/** Offset of the first top-level `func`, `type`, `var` or `const` outside of comments; the length if there is none. */
function firstDeclaration(source: string): number {
  const token = /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|"(?:[^"\\\n]|\\.)*"|`[^`]*`|\b(?:func|type|var|const)\b/g;
  for (const match of source.matchAll(token)) {
    if (/^[ftvc]/.test(match[0])) return match.index;
  }
  return source.length;
}

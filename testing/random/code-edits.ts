import type { Random } from './random.js';

/** Changes code of a Go file, and neither its imports nor its build constraints. A number makes each edit a new one. */
const EDITS: readonly ((text: string, number: number, random: Random) => string)[] = [
  (text, number) => `${text}\n// Edited ${number}.\n`,
  (text, number) => `${text}\nfunc edited${number}() int { return ${number} }\n`,
  (text, number) => `${text}\nfunc Edited${number}() int { return ${number} }\n`,
  (text, number) => `${text}\ntype Edited${number} struct{ Field int }\n\nvar _ = Edited${number}{Field: ${number}}\n`,
  (text, number, random) => inBody(text, random, `println(${number})`),
  (text, number, random) => inBody(text, random, `_ = ${number}`),
  (text, _, random) => inBody(text, random, ''),
];

/** A Go file's text after an edit at random. */
export function editedCode(text: string, number: number, random: Random): string {
  const edit = EDITS[random.below(EDITS.length)] as (typeof EDITS)[number];
  return edit(text, number, random);
}

/** A line more at the beginning of a function. */
function inBody(text: string, random: Random, line: string): string {
  const bodies = [...text.matchAll(/^func .*\{\n/gm)];
  const body = bodies[random.below(Math.max(1, bodies.length))];
  if (!body) return `${text}\n`;
  const at = body.index + body[0].length;
  return `${text.slice(0, at)}\t${line}\n${text.slice(at)}`;
}

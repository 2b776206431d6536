import { braceExpand, minimatch } from 'minimatch';

/** Whether a glob matches all that another one can match. Where that cannot be told from their parts, it says no. */
export function covers(glob: string, other: string): boolean {
  const wider = braceExpand(glob).map((one) => one.split('/'));
  return braceExpand(other).every((one) => wider.some((parts) => partsCover(parts, one.split('/'))));
}

function partsCover(wider: readonly string[], narrower: readonly string[]): boolean {
  const [part, ...rest] = wider;
  const [other, ...others] = narrower;
  if (part === '**') {
    const tails = narrower.map((_, index) => narrower.slice(index + 1));
    // At the end, it stands for at least one part.
    return rest.length === 0 ? narrower.length > 0 : [narrower, ...tails].some((tail) => partsCover(rest, tail));
  }
  if (part === undefined || other === undefined) return part === other;
  return partCovers(part, other) && partsCover(rest, others);
}

function partCovers(part: string, other: string): boolean {
  if (other === '**') return false;
  return part === '*' || part === other || (!/[*?[\]()!+@\\]/.test(other) && minimatch(other, part, { dot: true }));
}

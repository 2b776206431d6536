import type { Inputs } from './embed-patterns.js';
import type { PlainPart } from './plain-libraries.js';

/** Gathers what a target takes from the named inputs of projects, such as `goSources`. */
export class NamedSources {
  /** By named input: the projects of plain libraries whose sources it holds. The lists are long and shared. */
  private readonly plain = new Map<string, string[]>();
  /** By named input: the projects whose edges lead to others that hold sources. */
  private readonly walks = new Map<string, string[]>();
  /** Named inputs for which the edges of the target's own project lead to some. */
  private readonly ownWalks = new Set<string>();
  /** By named input: the other projects whose sources it holds. */
  private readonly others = new Map<string, Set<string>>();

  addPlain(input: string, { projects, walks, ownWalk }: PlainPart): void {
    if (projects.length) this.plain.set(input, projects);
    if (walks.length) this.walks.set(input, walks);
    if (ownWalk) this.ownWalks.add(input);
  }

  add(input: string, project: string): void {
    this.others.set(input, (this.others.get(input) ?? new Set()).add(project));
  }

  inputs(): Inputs {
    return [
      ...[...this.ownWalks].map((input) => `^${input}`),
      ...[...new Set([...this.plain.keys(), ...this.others.keys()])].map((input) => {
        const [plain, others] = [this.plain.get(input) ?? [], this.others.get(input)];
        return { input, projects: inShort(others ? [...new Set([...plain, ...others])] : plain) };
      }),
      // What the projects depend on, without themselves.
      ...[...this.walks].map(([input, projects]) => {
        return { input, projects: inShort(projects), dependencies: true } as Inputs[number];
      }),
    ];
  }
}

/** A list of projects as inputs have it: one takes less space as a word, but some words mean something else to Nx. */
export function inShort(projects: readonly string[]): string | string[] {
  const [first = '', ...others] = projects;
  return others.length > 0 || ['', 'self', 'dependencies'].includes(first) ? [...projects] : first;
}

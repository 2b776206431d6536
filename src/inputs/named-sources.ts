import type { Inputs } from './embed-patterns.js';
import type { PlainPart } from './plain-libraries.js';

/** Gathers what a target takes from the named inputs of projects, such as `goSources`. */
export class NamedSources {
  /** By named input: the projects of plain libraries whose sources it holds. The lists are long and shared. */
  private readonly plain = new Map<string, string[]>();
  /** By named input: the projects whose edges lead to others that hold sources. */
  private readonly walks = new Map<string, string[]>();
  /** By named input: the other projects whose sources it holds. */
  private readonly others = new Map<string, Set<string>>();

  addPlain(input: string, { projects, walks }: PlainPart): void {
    if (projects.length) this.plain.set(input, projects);
    if (walks.length) this.walks.set(input, walks);
  }

  add(input: string, project: string): void {
    this.others.set(input, (this.others.get(input) ?? new Set()).add(project));
  }

  inputs(): Inputs {
    return [
      ...[...new Set([...this.plain.keys(), ...this.others.keys()])].map((input) => {
        const [plain, others] = [this.plain.get(input) ?? [], this.others.get(input)];
        return { input, projects: others ? [...new Set([...plain, ...others])] : plain };
      }),
      // What the projects depend on, without themselves.
      ...[...this.walks].map(([input, projects]) => ({ input, projects, dependencies: true }) as Inputs[number]),
    ];
  }
}

import { readFileSync, writeFileSync } from 'node:fs';

import { MODULE, packageName } from '../../../testing/generated/sources.js';
import type { PlannedPackage } from '../../../testing/generated/plan.js';
import { writeFiles } from '../../../testing/workspace/files.js';
import { answer, freePorts, Serving, until } from '../../../testing/serving/serving.js';
import type { SpeedWorkspace } from '../speed-workspace.js';

/** Makes servers of main packages: each answers with its process id and what the packages weigh that it is made of. */
export async function makeServers(
  { root }: SpeedWorkspace,
  mains: readonly PlannedPackage[],
): Promise<ReadonlyMap<PlannedPackage, number>> {
  const free = await freePorts(mains.length);
  const ports = new Map(mains.map((main, index) => [main, free[index] as number]));
  for (const [main, port] of ports)
    writeFiles(root, { [`${main.dir}/main.go`]: serverFile(main), [`${main.dir}/.env`]: `PORT=${port}\n` });
  return ports;
}

function serverFile({ imports }: PlannedPackage): string {
  const lines = imports.map((dir) => `\t"${MODULE}/${dir}"\n`).join('');
  const sum = imports.map((dir) => `\tsum += ${packageName(dir)}.Total(1)\n`).join('');
  return `package main

import (
	"fmt"
	"net/http"
	"os"

${lines})

const weight = 0

func main() {
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "%d %d\\n", os.Getpid(), total())
	})
	if err := http.ListenAndServe("127.0.0.1:"+os.Getenv("PORT"), nil); err != nil {
		fmt.Println(err)
		os.Exit(3)
	}
}

func total() int {
	sum := weight
${sum}	return sum
}
`;
}

/** Adds one to what a package weighs, with all that import it. */
export function editWeight({ root }: SpeedWorkspace, { dir, name }: PlannedPackage): void {
  replaceIn(
    `${root}/${dir}/${name}.go`,
    /^const weight = (\d+)$/m,
    (_, weight) => `const weight = ${Number(weight) + 1}`,
  );
}

export function replaceIn(file: string, pattern: RegExp, by: (...match: string[]) => string): void {
  const text = readFileSync(file, 'utf8');
  const edited = text.replace(pattern, by);
  if (edited === text) throw new Error(`${file} holds nothing to change`);
  writeFileSync(file, edited);
}

/** What a server answers but for its process id. */
export async function textOf(port: number): Promise<string | undefined> {
  return (await answer(port))?.text;
}

/** Serves main packages until all of them answer. */
export async function serveMains(
  workspace: SpeedWorkspace,
  ports: ReadonlyMap<PlannedPackage, number>,
  args: readonly string[] = [],
): Promise<Serving> {
  const projects = [...ports.keys()].map(({ dir }) => dir).join();
  const serving = new Serving(
    workspace,
    ['run-many', '-t', 'serve', '-p', projects, '--verbose', ...args],
    workspace.root,
  );
  for (const [{ dir }, port] of ports) {
    await until(`${dir} answers`, () => textOf(port), 300_000).catch((error: Error) => {
      throw new Error(`${error.message}\n${serving.output.slice(-2000)}`);
    });
  }
  return serving;
}

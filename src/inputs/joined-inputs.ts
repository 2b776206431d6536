import type { Inputs } from './embed-patterns.js';

/** Inputs, each once, with one list of external nodes in the place of several. */
export function joinedInputs(inputs: Inputs): Inputs {
  const isNodes = (input: Inputs[number]): input is { externalDependencies: string[] } =>
    Object.hasOwn(Object(input), 'externalDependencies');
  const nodes = inputs.filter(isNodes).flatMap(({ externalDependencies }) => externalDependencies);
  const rest = inputs.filter((input) => !isNodes(input));
  const unique = [...new Map(rest.map((input) => [JSON.stringify(input), input])).values()];
  return [...unique, { externalDependencies: [...new Set(nodes)].sort() }];
}

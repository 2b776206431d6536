/**
 * The strongly connected components of a graph with more than one node: each node reaches each other one. The nodes of
 * a component come in the graph's order.
 */
export function cycles<Node>(nodes: readonly Node[], nextOf: (node: Node) => readonly Node[]): Node[][] {
  return components(nodes, nextOf).filter(({ length }) => length > 1);
}

/** All components, those that others reach first (Tarjan, without recursion: chains of imports may be long). */
export function components<Node>(nodes: readonly Node[], nextOf: (node: Node) => readonly Node[]): Node[][] {
  const index = new Map<Node, number>();
  const low = new Map<Node, number>();
  const open: Node[] = [];
  const isOpen = new Set<Node>();
  const found: Node[][] = [];
  const order = new Map(nodes.map((node, at) => [node, at]));
  const enter = (node: Node): { node: Node; next: readonly Node[]; at: number } => {
    index.set(node, index.size);
    low.set(node, index.get(node) as number);
    open.push(node);
    isOpen.add(node);
    return { node, next: nextOf(node).filter((one) => order.has(one)), at: 0 };
  };
  const lower = (node: Node, to: number): unknown => low.set(node, Math.min(low.get(node) as number, to));
  for (const start of nodes) {
    if (index.has(start)) continue;
    const stack = [enter(start)];
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const next = top.next[top.at++];
      if (next !== undefined) {
        if (!index.has(next)) stack.push(enter(next));
        else if (isOpen.has(next)) lower(top.node, index.get(next) as number);
        continue;
      }
      stack.pop();
      const above = stack.at(-1);
      if (above) lower(above.node, low.get(top.node) as number);
      if (low.get(top.node) === index.get(top.node)) found.push(close(top.node, open, isOpen));
    }
  }
  return found.map((nodesOf) => nodesOf.sort((a, b) => (order.get(a) as number) - (order.get(b) as number)));
}

function close<Node>(node: Node, open: Node[], isOpen: Set<Node>): Node[] {
  const nodes = open.splice(open.lastIndexOf(node));
  for (const one of nodes) isOpen.delete(one);
  return nodes;
}

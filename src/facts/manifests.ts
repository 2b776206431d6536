/** Manifests of Go, npm and Nx: what lies beside them does not depend on their bytes. */
export const MANIFESTS = [
  ...['go.mod', 'go.sum', 'go.work', 'go.work.sum', 'nx.json', 'project.json', 'package.json', 'package-lock.json'],
  ...['yarn.lock', 'pnpm-lock.yaml', 'pnpm-workspace.yaml', 'bun.lock', 'bun.lockb', 'tsconfig*.json'],
];

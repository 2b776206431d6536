import type { Files } from '../../testing/workspace/files.js';
import { planWorkspace, type WorkspaceSize } from '../../testing/generated/plan.js';

/** The file that every build of a workspace without the plugin copies. */
export const COPIED_FILE = 'program';

const PLUGIN = `const projects = require('./projects.json');

module.exports = {
  name: 'static',
  createNodes: ['nx.json', async (files) => files.map((file) => [file, { projects }])],
};
`;

/** An executor that has Nx start the process in which it runs batches, and does nothing there. */
const IDLE_EXECUTOR = {
  'idle/package.json': '{ "name": "idle", "version": "1.0.0", "executors": "./executors.json" }\n',
  'idle/executors.json': `${JSON.stringify({
    executors: {
      batch: {
        implementation: './batch.cjs',
        batchImplementation: './batch.cjs#batch',
        preferBatch: true,
        schema: './schema.json',
      },
    },
  })}\n`,
  'idle/schema.json': '{ "type": "object", "properties": {} }\n',
  'idle/batch.cjs': `exports.default = async () => ({ success: true });
exports.batch = async ({ tasks }) =>
  Object.fromEntries(Object.keys(tasks).map((task) => [task, { success: true, terminalOutput: '' }]));
`,
};

/**
 * What makes Nx know the projects of a synthetic workspace without our plugin: one that returns what stands in a file.
 * A build copies a file to where our plugin puts a binary; `nothing` is a task that does nothing, `batch` one that does
 * so in a batch.
 */
export function bareNxFiles(size: WorkspaceSize): Files {
  const { mains, libraries } = planWorkspace(size);
  const projects = Object.fromEntries([
    ...libraries.map(({ dir }) => [dir, { root: dir, name: dir }]),
    ...mains.map(({ dir }) => [dir, { root: dir, name: dir, targets: targets(dir) }]),
  ]);
  return {
    ...IDLE_EXECUTOR,
    'nx.json': `${JSON.stringify({ plugins: ['./static-plugin.cjs'] })}\n`,
    'static-plugin.cjs': PLUGIN,
    'projects.json': `${JSON.stringify(projects)}\n`,
  };
}

function targets(dir: string): object {
  const output = `dist/${dir}/${dir.slice(dir.lastIndexOf('/') + 1)}`;
  return {
    build: {
      command: `mkdir -p dist/${dir} && cp ${COPIED_FILE} ${output}`,
      cache: true,
      inputs: ['{projectRoot}/**/*'],
      outputs: [`{workspaceRoot}/${output}`],
    },
    nothing: { executor: 'nx:noop' },
    batch: { executor: './idle:batch' },
  };
}

// Run by node inside a workspace: prints as JSON what this state of the workspace means to Nx, by Nx's own functions:
// the hash of every build and test task with its parts, and what `nx affected` selects in either mode.
// Usage: node in-workspace.cjs <file to write> [base revision]
//    or: node in-workspace.cjs --serve, and for each measurement a line {"output", "base"} on standard input,
//        answered by a line: empty, or what went wrong. It spares the start of a process, as Nx's daemon does.
'use strict';

const { writeFileSync } = require('node:fs');
const { dirname, join } = require('node:path');
const { createInterface } = require('node:readline');

const workspace = process.cwd();
const packageJson = require.resolve('nx/package.json', { paths: [workspace] });
const fromNx = (path) => require(join(dirname(packageJson), 'dist/src', path));
// Plugins in Nx's own process: to start a worker for each takes longer than all the rest. Not on Nx 23, which names
// projects otherwise without workers, and not under a daemon, which has workers of its own.
if (Number.parseInt(require(packageJson).version, 10) >= 24 && process.env.NX_DAEMON !== 'true') {
  process.env.NX_ISOLATE_PLUGINS ??= 'false';
}
/** Begins the lines that are answers: Nx and plugins may print others. */
const ANSWER = 'measured: ';
/** Kinds of targets that are measured, in addition to those called `build` or `test`. */
const KINDS = ['build', 'test'];

/** What a target does, by its executor or the option of the shared one. */
const kindOf = ({ executor, options }) =>
  KINDS.find((kind) => executor === `nx-gopher:${kind}` || (executor === 'nx-gopher:go' && options?.kind === kind));

async function main([output, base]) {
  const { createProjectGraphAsync } = fromNx('project-graph/project-graph.js');
  const { readNxJson } = fromNx('config/nx-json.js');
  const started = Date.now();
  const graph = await createProjectGraphAsync({ exitOnError: false });
  const graphMilliseconds = Date.now() - started;
  const nxJson = readNxJson();
  const result = {
    graphMilliseconds,
    projects: Object.fromEntries(Object.entries(graph.nodes).map(([name, node]) => [name, node.data.root])),
    edges: edges(graph),
    tasks: await hashes(graph, nxJson),
    ...(base ? await selections(graph, nxJson, base) : {}),
  };
  writeFileSync(output, JSON.stringify(result));
}

function edges(graph) {
  const targets = (name) => (graph.dependencies[name] ?? []).map(({ target }) => target);
  return Object.fromEntries(Object.keys(graph.nodes).map((name) => [name, [...new Set(targets(name))].sort()]));
}

async function hashes(graph, nxJson) {
  const { createTaskHasher } = fromNx('hasher/create-task-hasher.js');
  const { hashTasks } = fromNx('hasher/hash-task.js');
  const { getTaskSpecificEnv } = fromNx('tasks-runner/task-env.js');
  const taskGraph = measuredTasks(graph);
  const tasks = Object.values(taskGraph.tasks).filter((task) => !isNothing(graph, task.target));
  const environments = Object.fromEntries(tasks.map((task) => [task.id, getTaskSpecificEnv(task, graph)]));
  await hashTasks(createTaskHasher(graph, nxJson, {}), graph, taskGraph, environments, null, tasks);
  return Object.fromEntries(
    tasks.map((task) => [
      task.id,
      {
        hash: task.hash,
        parts: task.hashDetails.nodes,
        cacheable: task.cache === true,
        outputs: task.outputs,
        ...goTarget(graph, task.target),
      },
    ]),
  );
}

function measuredTasks(graph) {
  const { createTaskGraph } = fromNx('tasks-runner/create-task-graph.js');
  const targets = measuredTargets(graph);
  const names = Object.keys(graph.nodes).filter((name) =>
    targets.some((target) => graph.nodes[name].data.targets?.[target]),
  );
  return createTaskGraph(graph, {}, names, targets, undefined, {});
}

function measuredTargets(graph) {
  const all = Object.values(graph.nodes).flatMap((node) => Object.entries(node.data.targets ?? {}));
  const named = all.filter(([, target]) => kindOf(target)).map(([name]) => name);
  return [...new Set(['build', 'test', ...named])];
}

/** Whether a task only stands between others. */
function isNothing(graph, { project, target }) {
  return graph.nodes[project].data.targets[target].executor === 'nx:noop';
}

/** What the go command has to be told to do the same as a task. */
function goTarget(graph, { project, target, configuration }) {
  const { root, targets } = graph.nodes[project].data;
  const found = targets[target];
  const kind = kindOf(found);
  const { options, configurations, metadata } = found;
  if (!kind) return {};
  return {
    go: {
      kind,
      options: { ...options, ...configurations?.[configuration] },
      packages: metadata?.gopher?.packages ?? [root],
    },
  };
}

async function selections(graph, nxJson, base) {
  const { parseFiles } = fromNx('utils/command-line-utils.js');
  const { calculateFileChanges } = fromNx('project-graph/file-utils.js');
  const { filterAffected } = fromNx('project-graph/affected/affected-project-graph.js');
  const { computeAffectedTasks, selectsAffectedTasks } = fromNx('project-graph/affected/affected-tasks.js');
  const changed = parseFiles({ base }).files;
  const touchedFiles = calculateFileChanges(changed, { base });
  const byTask = await computeAffectedTasks({
    nxJson,
    projectGraph: graph,
    targets: measuredTargets(graph),
    touchedFiles,
    fileChangeArgs: { base },
  });
  const byProject = await filterAffected(graph, touchedFiles);
  const ofProjects = Object.values(measuredTasks(graph).tasks).filter(({ target }) => byProject.nodes[target.project]);
  const isTask = (id) => !id.endsWith(':go-start');
  return {
    changed,
    selected: (selectsAffectedTasks(nxJson) ? [...byTask.affectedTaskIds] : ofProjects.map(({ id }) => id)).filter(
      isTask,
    ),
    selectedTasks: [...byTask.affectedTaskIds].filter(isTask).sort(),
    selectedProjects: Object.keys(byProject.nodes).sort(),
  };
}

async function serve() {
  const { resetWorkspaceContext } = fromNx('utils/workspace-context.js');
  for await (const line of createInterface({ input: process.stdin })) {
    const { output, base } = JSON.parse(line);
    // It holds the files as they were when they were first asked for.
    resetWorkspaceContext();
    const failure = await main([output, base]).then(
      () => '',
      (error) => String(error?.stack ?? error),
    );
    process.stdout.write(`${ANSWER}${JSON.stringify(failure)}\n`);
  }
}

(process.argv[2] === '--serve' ? serve() : main(process.argv.slice(2))).then(
  () => process.exit(0),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);

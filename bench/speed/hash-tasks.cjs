// Run by node inside a workspace: computes the project graph as an nx command does, and the hashes of all tasks of the
// targets that the arguments name.
'use strict';

const { dirname, join } = require('node:path');

const packageJson = require.resolve('nx/package.json', { paths: [process.cwd()] });
const fromNx = (path) => require(join(dirname(packageJson), 'dist/src', path));

async function main(targets) {
  const graph = await fromNx('project-graph/project-graph.js').createProjectGraphAsync({ exitOnError: false });
  if (targets.length === 0) return 0;
  const nxJson = fromNx('config/nx-json.js').readNxJson();
  const names = Object.keys(graph.nodes).filter((name) =>
    targets.some((target) => graph.nodes[name].data.targets?.[target]),
  );
  const taskGraph = fromNx('tasks-runner/create-task-graph.js').createTaskGraph(
    graph,
    {},
    names,
    targets,
    undefined,
    {},
  );
  const tasks = Object.values(taskGraph.tasks);
  const { getTaskSpecificEnv } = fromNx('tasks-runner/task-env.js');
  const environments = Object.fromEntries(tasks.map((task) => [task.id, getTaskSpecificEnv(task, graph)]));
  const hasher = fromNx('hasher/create-task-hasher.js').createTaskHasher(graph, nxJson, {});
  await fromNx('hasher/hash-task.js').hashTasks(hasher, graph, taskGraph, environments, null, tasks);
  return tasks.filter(({ hash }) => hash).length;
}

main(process.argv.slice(2)).then((count) => {
  console.log(`${count} tasks hashed`);
  process.exit(0);
});

import {
  buildConfigurationKey,
  buildConfigurationOptions,
  SANITIZERS,
  splitTags,
  type BuildConfiguration,
  type BuildConfigurationOptions,
} from '../../go/configuration/build-configuration.js';
import { SHARED_EXECUTOR } from '../../facts/target-kinds.js';
import { outputFlags, outputProblem } from '../../facts/output-problem.js';
import { hasInferredInputs, type TargetFacts } from '../../facts/target-facts.js';
import { unhashedOptions } from '../../go/configuration/unhashed-options.js';
import { outerVariables } from '../../variables/option-variables.js';
import { projectFile, type GoTargetOptions, type GoTask } from './task.js';

/**
 * Why a task must not run under a build configuration that its inputs were not inferred for (law 5 of
 * docs/architecture.md), with the lines that make it right; undefined when it may run.
 *
 * @param filled its options with the variables filled in.
 */
export function refusal(
  task: GoTask,
  facts: TargetFacts | undefined,
  configuration: BuildConfiguration,
  filled: GoTargetOptions = task.options,
): string | undefined {
  const misplaced = misplacedOutput(task);
  if (misplaced) return misplaced;
  if (!facts) return task.cacheable ? notInferred(task) : undefined;
  if (facts.clash) return `nx-gopher does not run ${task.id}: ${facts.clash}\n`;
  // The graph could not infer it, said why, and took it out of the cache: go is to say the same.
  if (facts.uncacheable?.length) return task.cacheable ? cachedAgain(task, facts.uncacheable) : undefined;
  if (task.cacheable && !hasInferredInputs(task.targetConfiguration)) return inputsReplaced(task);
  const covered = facts.packages ?? [task.root];
  const uncovered = task.options.packages?.filter((dir) => !covered.includes(dir)) ?? [];
  if (task.cacheable && uncovered.length > 0) return packagesUncovered(task, uncovered);
  const reasons = task.cacheable ? [...unhashed(filled, facts), ...unhashedVariables(task)] : [];
  if (reasons.length > 0) return unhashedButCached(task, reasons);
  const wanted = buildConfigurationKey(configuration);
  if (facts.buildConfigurations.includes(wanted)) return undefined;
  const inferred = facts.buildConfigurations.join('; ') || 'none';
  const head =
    `nx-gopher does not run ${task.id}: its inputs were not inferred for the build configuration it would run under, ` +
    `so its result could be cached under a wrong hash.\n` +
    `  wanted:   ${wanted}\n` +
    `  inferred: ${inferred}\n`;
  return head + (fromCommandLine(task) ? declare(task) : environmentChanged());
}

/** Outputs of the run are looked at again: the command line may name others than those that the graph knows. */
function misplacedOutput({ id, options }: GoTask): string | undefined {
  const { outputPath, coverProfile } = options as { readonly outputPath?: string; readonly coverProfile?: string };
  for (const path of [outputPath, coverProfile]) {
    const problem = path === undefined ? undefined : outputProblem(path);
    if (problem !== undefined) return `nx-gopher does not run ${id}: it would write ${path}: ${problem}.\n`;
  }
  const [flag] = outputFlags(options.args);
  return flag === undefined
    ? undefined
    : `nx-gopher does not run ${id}: with ${flag} among its args it writes what its outputs do not name. ` +
        `Use the option outputPath of a build, or coverProfile of a test.\n`;
}

function notInferred(task: GoTask): string {
  return (
    `nx-gopher does not run ${task.id}: the target is cached, but nx-gopher inferred no inputs for it, ` +
    `so its result could be stale.\n` +
    `Use the target that nx-gopher infers for ${projectFile(task)}, or switch off the cache of this one:\n` +
    `  ${JSON.stringify({ targets: { [task.target]: { cache: false } } })}\n`
  );
}

/** What to do about a target whose inferred inputs nx.json or project.json has replaced. */
export function inputsReplaced(task: GoTask): string {
  return (
    `nx-gopher does not run ${task.id}: the inputs it inferred were replaced, so a cached result could be stale.\n` +
    `Begin the list of inputs with "...": the inferred ones then stay, and yours are added. It stands in nx.json under ` +
    `targetDefaults.${task.target}, or in ${projectFile(task)}.\n`
  );
}

/** What to do about a target that the plugin took out of the cache, and `"cache": true` of nx.json put back. */
function cachedAgain(task: GoTask, reasons: readonly string[]): string {
  return (
    `nx-gopher does not run ${task.id}: it is cached by "cache": true, but a cached result could be stale: ` +
    `${reasons.join('; ')}.\n` +
    `Take "cache" out of targetDefaults.${task.target} in nx.json or out of ${projectFile(task)}: nx-gopher infers it. ` +
    `Where other projects need it in nx.json, give the Go targets an entry of their own beside it:\n` +
    `  ${JSON.stringify({ targetDefaults: { [task.targetConfiguration?.executor ?? SHARED_EXECUTOR]: {} } })}\n`
  );
}

function packagesUncovered(task: GoTask, dirs: readonly string[]): string {
  return (
    `nx-gopher does not run ${task.id}: its inputs do not cover ${dirs.join(', ')}, so its result could be stale.\n` +
    `Run the target of the project that the package belongs to.\n`
  );
}

/** Options of the run that its inputs say nothing of. */
function unhashed(options: GoTargetOptions, { profiles = [] }: TargetFacts): string[] {
  const { pgo } = options as { readonly pgo?: string };
  const isUnnamed = pgo !== undefined && !/^(auto|off)$/.test(pgo) && !profiles.includes(pgo);
  return [...unhashedOptions({ ...options }), ...(isUnnamed ? [`the profile ${pgo} is not among the inputs`] : [])];
}

/** Why a cached task must not run whose options refer to variables that are not among its inputs. */
export function unhashedVariablesRefusal(task: GoTask): string | undefined {
  const reasons = unhashedVariables(task);
  return reasons.length > 0 ? unhashedButCached(task, reasons) : undefined;
}

/** Variables that the command line brings in: those of the configuration files are inputs. */
function unhashedVariables({ options, targetConfiguration }: GoTask): string[] {
  const hashed = new Set(
    (targetConfiguration?.inputs ?? []).map((input) => (Object(input) as { readonly env?: string }).env),
  );
  const names = outerVariables({ ...options }).filter((name) => !hashed.has(name));
  return names.map((name) => `the variable $${name} is not among the inputs`);
}

function unhashedButCached(task: GoTask, reasons: readonly string[]): string {
  return (
    `nx-gopher does not run ${task.id}, because its result could be stale: ${reasons.join('; ')}.\n` +
    `Write the option into ${projectFile(task)}: nx-gopher then infers inputs and caching for it.\n`
  );
}

function environmentChanged(): string {
  return (
    `The environment (GOOS, GOARCH, CGO_ENABLED, GOFLAGS, the GOENV file …) or the go command changed since the ` +
    `project graph was computed. Run \`nx reset\`, then the task again.\n`
  );
}

function declare(task: GoTask): string {
  const options = normalOptions(task.options);
  const name = configurationName(options);
  const lines = { targets: { [task.target]: { configurations: { [name]: options } } } };
  return (
    `Declare the configuration in ${projectFile(task)}:\n` +
    `  ${JSON.stringify(lines)}\n` +
    `then run \`nx run ${task.project}:${task.target}:${name}\`. ` +
    `For all projects, set it in the plugin's options in nx.json.\n`
  );
}

/** Whether options of the run differ from those that the target and its configuration declare. */
function fromCommandLine(task: GoTask): boolean {
  const target = task.targetConfiguration;
  const configuration = task.configuration ?? target?.defaultConfiguration;
  const declared: unknown = { ...target?.options, ...(configuration ? target?.configurations?.[configuration] : {}) };
  return (
    JSON.stringify(normalOptions(task.options)) !== JSON.stringify(normalOptions(declared as BuildConfigurationOptions))
  );
}

/** The options that count, written in one way. */
function normalOptions(options: BuildConfigurationOptions): BuildConfigurationOptions {
  const configuration = buildConfigurationOptions({ ...options });
  const isEmpty = (value: unknown): boolean => value === '' || JSON.stringify(value) === '{}';
  const normal =
    configuration.tags === undefined ? configuration : { ...configuration, tags: splitTags(configuration.tags) };
  return Object.fromEntries(Object.entries(normal).filter(([name, value]) => name === 'tags' || !isEmpty(value)));
}

/** A short name for a configuration, e.g. `windows-arm64` or `race`. */
function configurationName(options: BuildConfigurationOptions): string {
  const words = [
    options.goos,
    options.goarch,
    ...splitTags(options.tags ?? ''),
    options.cgo === undefined ? undefined : options.cgo ? 'cgo' : 'nocgo',
    ...SANITIZERS.filter((name) => options[name]),
  ];
  return words.filter(Boolean).join('-') || 'custom';
}

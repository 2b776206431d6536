import type { ArchiveFacts } from '../../facts/archive-facts.js';
import type { EffectiveOptions } from '../options/effective-options.js';
import { filesProblem } from './archive-files.js';
import { isLambda, LAMBDA, PLATFORM, strings, type Format } from './archive-options.js';
import type { Options } from '../options/option-values.js';
import type { PlatformBuild } from './platform-builds.js';
import type { GoProject } from '../projects/projects.js';

/** Why the archives cannot follow the options, with what to write instead. */
export function problemOf(
  own: Options,
  project: GoProject,
  format: Format,
  base: EffectiveOptions,
  builds: readonly PlatformBuild[],
): string | undefined {
  if (isLambda(project) && project.ownsManifest && own['format'] === undefined) {
    return (
      `${project.name} imports ${LAMBDA[0]}. It lies in the directory of its module's go.mod, where nx-gopher infers ` +
      `no format from imports. Write the format into ${projectFile(project)}:\n  {"targets":{"package":{"options":{"format":"zip"}}}}`
    );
  }
  const wrong = strings(own['platforms']).find((platform) => !PLATFORM.test(platform));
  if (wrong !== undefined) {
    return `The option platforms of ${project.name}'s archive holds "${wrong}". Write a platform as goos/goarch, e.g. linux/arm64.`;
  }
  const { gate } = own;
  if (gate !== undefined && !(Array.isArray(gate) && gate.every((name) => typeof name === 'string'))) {
    return `The option gate of ${project.name}'s archive is ${JSON.stringify(gate)}. Write a list of target names, e.g. ["test"].`;
  }
  const files = filesProblem(own['files'], project);
  if (files) return files;
  const clash = builds.find(({ effective, target }) => {
    const { goos, goarch, outputPath } = effective.options;
    return (
      goos !== target.options['goos'] ||
      goarch !== target.options['goarch'] ||
      outputPath === base.options['outputPath']
    );
  });
  return clash
    ? `${project.name} is to be packaged as ${format} from its target ${clash.target.targetName}, but targetDefaults in nx.json give ` +
        `nx-gopher:build a goos, goarch or outputPath for all targets. Set these in the plugin's options under "build" instead.`
    : undefined;
}

/**
 * Why the archives of some platform cannot be made: build constraints leave the main package no file there, so no
 * build.
 *
 * @param targets names of the build targets that there are.
 */
export function missingBuildProblem(
  project: GoProject,
  { facts }: { readonly facts: ArchiveFacts },
  targets: readonly string[],
): string | undefined {
  const missing = facts.archives.flatMap(({ binaries }) => binaries).find(({ target }) => !targets.includes(target));
  if (!missing?.platform) return undefined;
  const { goos, goarch } = missing.platform;
  const dir = project.dir === '.' ? '.' : `./${project.dir}`;
  return (
    `${project.name} is to be packaged for ${goos}/${goarch}, but has no build for it: build constraints exclude all Go files ` +
    `there (\`GOOS=${goos} GOARCH=${goarch} go list ${dir}\` shows them). Write the platforms that it has into ` +
    `${projectFile(project)}, e.g.\n  {"targets":{"package":{"options":{"platforms":["linux/amd64"]}}}}`
  );
}

function projectFile({ dir }: GoProject): string {
  return dir === '.' ? 'project.json' : `${dir}/project.json`;
}

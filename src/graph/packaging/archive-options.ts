import type { ArchivedBinary } from '../../facts/archive-facts.js';
import type { Options } from '../options/option-values.js';
import type { GoProject } from '../projects/projects.js';

export type Format = 'zip' | 'tar.gz' | 'image';
export type Platform = NonNullable<ArchivedBinary['platform']>;

/** Whoever imports one of these is started by AWS Lambda and by nobody else. */
export const LAMBDA = ['github.com/aws/aws-lambda-go/lambda', 'github.com/aws/aws-lambda-go/lambdaurl'];

/** How a platform is written. */
export const PLATFORM = /^[a-z0-9]+\/[a-z0-9]+$/;

/**
 * The format of the archives: the option's, else the one that the imports tell.
 *
 * Only the main package's own imports count: a change that makes it a Lambda handler is one to itself, so its project's
 * configuration, which holds the format, moves no other hash. A module's own directory is different: the
 * configuration of its project is in the hash of all tasks of the module. There the options have to name the format.
 */
export function formatOf(options: Options, project: GoProject): Format {
  const format = options['format'];
  if (format === 'zip' || format === 'tar.gz' || format === 'image') return format;
  return isLambda(project) && !project.ownsManifest ? 'zip' : 'tar.gz';
}

/** Whether the main package starts an AWS Lambda handler. */
export function isLambda({ pkg }: GoProject): boolean {
  return pkg?.imports.some((path) => LAMBDA.includes(path)) ?? false;
}

/** The platforms that the options name, else those of the format; none where `build` is packed as it is. */
export function platformsOf(options: Options, format: Format): Platform[] {
  const platforms = [...new Set(strings(options['platforms']))].filter((platform) => PLATFORM.test(platform));
  const { architecture } = options;
  const fallback = {
    zip: [`linux/${architecture ?? 'arm64'}`],
    image: [`linux/${architecture ?? 'amd64'}`],
    'tar.gz': [],
  };
  return (platforms.length ? platforms : fallback[format]).map((platform) => {
    const [goos = '', goarch = ''] = platform.split('/');
    return { goos, goarch };
  });
}

/** A list from a project file; nothing has checked yet that it is one. */
export function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

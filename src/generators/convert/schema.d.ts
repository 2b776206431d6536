export interface ConvertSchema {
  /** What becomes a project; that which fits the projects there are, when not given. */
  granularity?: 'package' | 'module';
  /** Keep the names of projects that nx-gopher would call by their path; true when not given. */
  keepNames?: boolean;
  /** Leave package.json as it is. */
  skipPackageJson?: boolean;
  /** Do not format the changed files. */
  skipFormat?: boolean;
}

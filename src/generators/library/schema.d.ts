export interface LibraryGeneratorSchema {
  /** Directory of the package. */
  path: string;
  /** Name of the package in its package clause; by default its directory's, as Go writes names. */
  name?: string;
  /** Path of the module to make where the directory belongs to none. */
  module?: string;
}

export interface InitGeneratorSchema {
  /** Leave the files that were changed unformatted. */
  skipFormat?: boolean;
}

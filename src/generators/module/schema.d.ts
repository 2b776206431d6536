export interface ModuleGeneratorSchema {
  /** Directory of the module. */
  path: string;
  /** What imports of its packages begin with; by default as the other modules of the workspace are called. */
  modulePath?: string;
  /** Its go directive; by default as the workspace has it. */
  goVersion?: string | number;
  /** Make a go.work that uses all modules, where there is none. */
  goWork?: boolean;
}

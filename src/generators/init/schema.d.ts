export interface InitGeneratorSchema {
  /** Make a go.work at the workspace's root that uses all modules. */
  goWork?: boolean;
  /** Have `nx sync` keep go.work in line with the modules. */
  goWorkSync?: boolean;
  /** Make a configuration of golangci-lint. */
  golangci?: boolean;
  /** Make a CI workflow. */
  ci?: 'github';
  /** Make settings of an editor. */
  editor?: 'vscode';
  /** Write a section of AGENTS.md. */
  agents?: boolean;
  /** Do not format the changed files. */
  skipFormat?: boolean;
}

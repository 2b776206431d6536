// @nx/devkit has it too, but takes a tenth of a second to load, and each nx command loads the plugin.
export { workspaceRoot } from 'nx/src/utils/workspace-root.js';

// In @nx/devkit too, which takes a tenth of a second to load: here, for the plugin is loaded by each nx command.
export { workspaceRoot } from 'nx/src/utils/workspace-root.js';

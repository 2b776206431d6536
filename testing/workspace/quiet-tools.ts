/** Settings under which Nx and git do only what they are told: no daemon, cloud or questions, no user's settings. */
export const QUIET_TOOLS = {
  NX_DAEMON: 'false',
  NX_NO_CLOUD: 'true',
  NX_TUI: 'false',
  NX_INTERACTIVE: 'false',
  NX_SKIP_VERSION_CHECK: 'true',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
} as const;

#!/usr/bin/env node
/** A command by its name: takes the arguments after it, and gives the exit code. Only the one that is run is loaded. */
const COMMANDS: Readonly<Record<string, (args: readonly string[]) => Promise<number>>> = {
  cache: async (args) => (await import('./cache.js')).cache(args),
  convert: async (args) => (await import('./convert.js')).convert(args),
  doctor: async (args) => (await import('./doctor.js')).doctor(args),
  explain: async (args) => (await import('./explain.js')).explain(args),
  insights: async (args) => (await import('./insights.js')).insights(args),
  prove: async (args) => (await import('./prove.js')).prove(args),
  run: async (args) => (await import('./run.js')).run(args),
  'vuln-report': async (args) => (await import('./vuln-report.js')).vulnReport(args),
};

const USAGE = `Usage: nx-gopher <command> [options]

  cache        makes keys for signed results, and looks after the store of compiled packages
  convert      moves a workspace here from another Go plugin, also from one that the installed Nx cannot load
  doctor       says what decides whether machines share cache hits, and what costs hits on this one
  explain      says why a Go task would run, and why it was no cache hit when it ran last
  insights     shows what costs time in the workspace, and what the last commits would have run
  prove        proves on a copy of the workspace, by random edits, that hashes and selection are exact
  run          runs the program of a project as \`nx run\` does, and ends with its exit code
  vuln-report  merges what the vuln targets found

\`nx-gopher <command> --help\` says what its options are.`;

/** Runs the command line, and gives the exit code: 0, 1 for findings of a command, 2 for a wrong call, a program's. */
async function main([name = '', ...args]: readonly string[]): Promise<number> {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command) return command(args);
  if (name === '--help' || name === '-h') {
    console.log(USAGE);
    return 0;
  }
  console.error(name === '' ? USAGE : `nx-gopher has no command ${name}.\n\n${USAGE}`);
  return 2;
}

// Nx keeps connections open: the process ends here, not when they do.
main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: Error) => {
    console.error(`nx-gopher: ${error.message}`);
    process.exit(2);
  },
);

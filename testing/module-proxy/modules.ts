import type { Files } from '../workspace/files.js';

/** A version of a module that stands in for one from the internet. */
export interface ExternalModule {
  readonly path: string;
  readonly version: string;
  readonly files: Files;
}

/**
 * The external modules of the layouts. Each has two versions with different code; `idle` is required by modules of
 * the layouts, but no package imports it.
 */
export const EXTERNAL_MODULES: readonly ExternalModule[] = ['v1.0.0', 'v1.1.0'].flatMap((version) => [
  external('example.org/money', version, { 'money.go': constant('money', version) }),
  external('example.org/letters', version, {
    'letters.go': constant('letters', version),
    'ornate/ornate.go': constant('ornate', version),
  }),
  external('example.org/idle', version, { 'idle.go': constant('idle', version) }),
  // Nothing of a function that is inlined need be left in a binary, and this one is looked for there.
  external('example.org/ledger', version, {
    'ledger.go': constant('ledger', version).replace('func Version', '//\n//go:noinline\nfunc Version'),
  }),
]);

function external(path: string, version: string, files: Files): ExternalModule {
  return { path, version, files: { 'go.mod': `module ${path}\n\ngo 1.24\n`, ...files } };
}

function constant(name: string, version: string): string {
  return `package ${name}\n\n// Version is what a main that uses this module prints.\nfunc Version() string { return "${name} ${version}" }\n`;
}

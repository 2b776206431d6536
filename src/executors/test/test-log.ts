import { BuildLog, type GoEvent } from '../../go/process/build-events.js';
import type { LongText } from '../output/long-text.js';

/** What `go test -json` said of one package. */
interface PackageLog {
  readonly text: LongText;
  result: 'pass' | 'fail' | 'skip' | undefined;
  failedBuild: string | undefined;
  startTime: number | undefined;
}

/** The output of `go test -json`, put together again as `go test` without it prints it, package by package. */
export class TestLog {
  readonly build = new BuildLog();
  readonly #packages = new Map<string, PackageLog>();
  readonly #showPass: boolean;
  readonly #textFor: (importPath: string) => LongText;
  readonly #shown: (text: string) => string;

  /**
   * @param showPass whether go prints more than one line of a package whose tests pass, as with `-v`.
   * @param textFor what is to take a package's text.
   * @param shown what the compiler said, as the user is to see it. What a test says stays as it is.
   */
  constructor(
    showPass: boolean,
    textFor: (importPath: string) => LongText,
    shown: (text: string) => string = (text) => text,
  ) {
    this.#showPass = showPass;
    this.#textFor = textFor;
    this.#shown = shown;
  }

  /** Takes an event; returns the import path of the package that ended with it. */
  add(event: GoEvent): string | undefined {
    if (this.build.add(event) || event.Package === undefined) return undefined;
    const log = this.#of(event.Package);
    if (event.Action === 'start') log.startTime ??= Date.now();
    else if (event.Action === 'output') log.text.append(event.Output ?? '');
    // Events of single tests have the same actions and a name.
    else if (event.Test === undefined && isResult(event.Action)) {
      log.result = event.Action;
      log.failedBuild = event.FailedBuild;
      if (event.Action !== 'fail' && !this.#showPass) log.text.discard();
      return event.Package;
    }
    return undefined;
  }

  /** Whether a package could not even be loaded. */
  isUnloadable(importPath: string): boolean {
    const log = this.#packages.get(importPath);
    return log !== undefined && log.result === 'fail' && isLoadError(log);
  }

  /** Whether go said of any package that it failed. */
  get failed(): boolean {
    return [...this.#packages.values()].some(({ result }) => result === 'fail');
  }

  /** When the package's tests started, in milliseconds since 1970. */
  startTime(importPath: string): number | undefined {
    return this.#packages.get(importPath)?.startTime;
  }

  /** Whether the package's tests passed, or there were none; undefined when go did not say. */
  passed(importPath: string): boolean | undefined {
    const log = this.#packages.get(importPath);
    // Under -failfast go calls a package passed that it never ran; it says nothing of it then.
    if (!log || log.text.isEmpty) return undefined;
    if (log.result !== undefined) return log.result !== 'fail';
    // A test that prints `=== RUN` and exits on its own gets its name into the last event.
    return log.text.lastLine().startsWith(`ok  \t${importPath}\t`) ? true : undefined;
  }

  /** What go prints of the package. */
  textOf(importPath: string): string {
    const log = this.#packages.get(importPath);
    if (!log) return '';
    if (this.passed(importPath)) return this.#showPass ? String(log.text) : log.text.lastLine();
    return this.#shown(this.#buildText(importPath, log.failedBuild)) + log.text;
  }

  /** Lets go of a package's text: it is not asked for again. */
  forget(importPath: string): void {
    this.#packages.get(importPath)?.text.forget();
  }

  #buildText(importPath: string, failedBuild: string | undefined): string {
    if (failedBuild === undefined) return '';
    const text = this.build.textOf(failedBuild) || this.build.text();
    // A missing package is missed by several, and go files each of their messages under its name.
    const blocks = text.split(/^(?=# )/m).filter((block) => block.startsWith(`# ${importPath}\n`));
    return blocks.length > 0 && isLoadError(this.#of(importPath)) ? blocks.join('') : text;
  }

  #of(importPath: string): PackageLog {
    let log = this.#packages.get(importPath);
    if (!log) {
      log = { text: this.#textFor(importPath), result: undefined, failedBuild: undefined, startTime: undefined };
      this.#packages.set(importPath, log);
    }
    return log;
  }
}

function isResult(action: string): action is 'pass' | 'fail' | 'skip' {
  return action === 'pass' || action === 'fail' || action === 'skip';
}

function isLoadError(log: PackageLog): boolean {
  return log.failedBuild !== undefined && log.text.endsWith(' [setup failed]\n');
}

import type { NxJsonConfiguration, TargetConfiguration } from '@nx/devkit';
import { minimatch } from 'minimatch';

import { ownExecutor, SHARED_EXECUTOR } from '../../facts/target-kinds.js';
import { NotConvertible, buildOptions } from './go-options.js';
import { without, withoutUndefined } from './members.js';
import { kindOfExecutor, KINDS, type OurKind, type Options, type Peer, type PeerKind } from './peer.js';
import { testOptions } from './project-targets.js';
import type { ConversionReport } from './report.js';
import { convertInputs } from './target-inputs.js';

type Defaults = NonNullable<NxJsonConfiguration['targetDefaults']>;
type Names = Readonly<Record<PeerKind, string>>;

/** What nx.json's targetDefaults become. */
export interface ConvertedDefaults {
  /** What stays in nx.json. */
  readonly targetDefaults: Defaults;
  /** Options of the plugin's entry, by kind: they hold for all Go targets, as the defaults did. */
  readonly pluginOptions: Readonly<Partial<Record<OurKind, Options>>>;
  /** By the peer's kind: keys that its targets have from now on, because nx.json no longer gives them. */
  readonly underTargets: ReadonlyMap<PeerKind, TargetConfiguration>;
}

/** Kinds of the peer's whose tasks nx-gopher runs in its one batch. */
const BATCHED: readonly PeerKind[] = ['build', 'test', 'lint'];

/** Whether a target becomes one whose tasks run in the one batch: a lint only where it ran no linter. */
export function isBatched({
  kind,
  written,
}: {
  readonly kind: PeerKind;
  readonly written: TargetConfiguration;
}): boolean {
  return BATCHED.includes(kind) && !(kind === 'lint' && 'linter' in ((written.options ?? {}) as Options));
}

/**
 * Converts targetDefaults. A default for an executor of one kind would take that kind's targets out of the one batch of
 * all Go tasks, so options go to the plugin's entry, and other keys to the targets themselves. Where defaults by target
 * name would replace what nx-gopher infers, an empty entry for the shared executor keeps them away, and what else they
 * say goes the same way.
 */
export function convertDefaults(
  defaults: Defaults,
  peer: Peer,
  names: Names,
  report: ConversionReport,
): ConvertedDefaults {
  const kept = Object.entries(defaults).filter(([key]) => kindOfExecutor(peer, key) === undefined);
  const targetDefaults: Record<string, unknown> = Object.fromEntries(kept);
  const pluginOptions: Partial<Record<OurKind, Options>> = {};
  const underTargets = new Map<PeerKind, TargetConfiguration>();
  const isShielded = BATCHED.some((kind) => needsShield(kind, defaults, peer, names));
  for (const kind of Object.keys(names) as PeerKind[]) {
    const given = effectiveDefault(kind, defaults, peer, names);
    if (!given) continue;
    const isOurs = isBatched({ kind, written: given.target });
    const hasLinter = kind === 'lint' && !isOurs;
    if (given.isByName && !(isOurs && isShielded) && !hasLinter && kind !== 'tidy') continue;
    if (given.isByName && hasLinter) report.note('nx.json', `take the options of the old plugin out of ${given.where}`);
    if (given.hasFilters) report.note('nx.json', `filtered entries of ${given.where} are not taken over`);
    if (kind === 'tidy') {
      const ours = tidyDefault(given, peer, report);
      if (ours) targetDefaults[ownExecutor('tidy')] = ours;
      continue;
    }
    const under = isOurs ? otherKeys(given, peer, report) : without(given.target, 'executor');
    underTargets.set(kind, under);
    const options = isOurs ? goOptions(kind, given, peer, report) : {};
    const hasOptions = Object.keys(options).length > 0;
    if (hasOptions) pluginOptions[KINDS[kind as keyof typeof KINDS]] = options;
    const places = [
      ...(hasOptions ? ['the plugin’s options'] : []),
      ...(Object.keys(under).length ? ['the targets'] : []),
    ];
    if (places.length) report.changed(`nx.json: ${given.where} went into ${places.join(' and ')}`);
  }
  if (isShielded) shield(targetDefaults, report);
  return { targetDefaults: targetDefaults as Defaults, pluginOptions, underTargets };
}

function shield(targetDefaults: Record<string, unknown>, report: ConversionReport): void {
  if (SHARED_EXECUTOR in targetDefaults) return;
  targetDefaults[SHARED_EXECUTOR] = {};
  report.changed(
    `nx.json: targetDefaults has an empty entry for ${SHARED_EXECUTOR}, so that those by target name do not replace what is inferred`,
  );
}

/** The default that Nx laid over the peer's targets of a kind: that of the executor, else that of the name. */
interface GivenDefault {
  readonly where: string;
  readonly isByName: boolean;
  readonly hasFilters: boolean;
  readonly target: TargetConfiguration;
}

function effectiveDefault(kind: PeerKind, defaults: Defaults, peer: Peer, names: Names): GivenDefault | undefined {
  const executor = `${peer.packageName}:${kind}`;
  const key = executor in defaults ? executor : keyOfName(defaults, names[kind]);
  if (key === undefined) return undefined;
  const entries = [defaults[key] ?? {}].flat() as (TargetConfiguration & { readonly filter?: unknown })[];
  const plain = entries.filter(({ filter }) => filter === undefined);
  return {
    where: `targetDefaults of ${key}`,
    isByName: key !== executor,
    hasFilters: plain.length < entries.length,
    target: Object.assign({}, ...plain) as TargetConfiguration,
  };
}

/** The key under which Nx finds defaults for a target's name: the name itself, else the longest glob. */
export function keyOfName(defaults: Defaults, name: string): string | undefined {
  const globs = Object.keys(defaults).filter((key) => /[*|{}()[]/.test(key) && minimatch(name, key));
  return name in defaults ? name : globs.sort((a, b) => b.length - a.length)[0];
}

/** Whether defaults by name would replace inferred keys, or were not seen so far because the executor had its own. */
function needsShield(kind: PeerKind, defaults: Defaults, peer: Peer, names: Names): boolean {
  const key = keyOfName(defaults, names[kind]);
  if (key === undefined) return false;
  if (`${peer.packageName}:${kind}` in defaults) return true;
  const entries = [defaults[key] ?? {}].flat() as TargetConfiguration[];
  return entries.some(
    ({ inputs, dependsOn, cache, outputs, options, configurations }) =>
      [inputs, dependsOn].some((list) => list && !(list as unknown[]).includes('...')) ||
      [cache, outputs, options, configurations].some((one) => one !== undefined),
  );
}

/** What a default says besides executor and options; caching and outputs are inferred from now on. */
function otherKeys({ where, target }: GivenDefault, peer: Peer, report: ConversionReport): TargetConfiguration {
  const { cache, inputs, outputs } = target;
  if (cache) report.inferredNow(`nx.json: ${where}`, 'cache', cache);
  if (outputs) report.inferredNow(`nx.json: ${where}`, 'outputs', outputs);
  return withoutUndefined({
    ...without(target, 'executor', 'options', 'configurations', 'cache', 'inputs', 'outputs'),
    ...(cache === false ? { cache } : {}),
    inputs: convertInputs(inputs, peer, `nx.json: ${where}`, report),
  });
}

/** The default's options, and its configurations, as nx-gopher takes them. */
function goOptions(kind: PeerKind, { where, target }: GivenDefault, peer: Peer, report: ConversionReport): Options {
  const map = (old: Options): Options => {
    const options = peer.newestOptions(kind, old);
    if (kind === 'test') return testOptions(options, '{projectRoot}');
    if (kind !== 'build') return {};
    for (const name of ['outputPath', 'main', 'compiler']) {
      if (name in options)
        report.note(`nx.json: ${where}`, `option ${name} is not taken over: write it into the projects`);
    }
    try {
      return buildOptions(options, peer.usesShell).options;
    } catch (error) {
      if (!(error instanceof NotConvertible)) throw error;
      report.note(`nx.json: ${where}`, `flags are not taken over: ${error.message}`);
      return {};
    }
  };
  const named = Object.entries(target.configurations ?? {}).map(([name, one]) => [name, map(one as Options)] as const);
  return {
    ...map((target.options ?? {}) as Options),
    ...(named.length ? { configurations: Object.fromEntries(named) } : {}),
  };
}

/** Tidy is in no batch: its defaults stay defaults. Undefined where those by name can hold as they are. */
function tidyDefault(given: GivenDefault, peer: Peer, report: ConversionReport): TargetConfiguration | undefined {
  const { inputs, cache, outputs, options } = given.target;
  if (given.isByName && ![inputs, cache, outputs].some((one) => one !== undefined)) return undefined;
  const kept = otherKeys(given, peer, report);
  report.changed(`nx.json: ${given.where} has an entry for ${ownExecutor('tidy')}, which is not cached`);
  return { ...without(kept, 'inputs'), ...(options ? { options } : {}) };
}

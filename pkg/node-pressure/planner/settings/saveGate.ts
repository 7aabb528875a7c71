/** Why settings cannot be saved now, and what an admin has to be told before they are. */
import type { Node } from '../../harvester/node';
import type { Message } from '../display';
import { NODE_ARGS_ANNOTATION } from '../node/nodeArgs';
import { pausedBySaving, type Draft } from './draft';
import type { Finding } from './finding';
import { changesBetween } from './merge';
import { nodesOf, otherArguments, otherCloudInits, policyOverlaps } from './otherWriters';
import { CLOUD_INIT_RESOURCE, type CloudInit, type Policy } from './policy';
import { sameSelector } from './selector';
import { EVICTION_MAPS } from './settings';
import { knownSettings, writtenSettings } from './written';

/** What the user may do with CloudInits. */
export interface PolicyRights {
  readonly create: boolean;
  readonly patch: boolean;
  readonly remove: boolean;
  /** The first right that is missing, as Kubernetes names it: `patch cloudinits.node.harvesterhci.io`. */
  readonly missing?: string;
}

export interface SaveGateInput {
  readonly draft: Draft;
  /** What the draft was made from; without one it becomes a new policy. */
  readonly base?: Policy;
  readonly findings: readonly Finding[];
  /** Nodes are still being read or checked. */
  readonly checking: boolean;
  /** The nodes that the draft is for: `nodesOf(draft, …)`. */
  readonly matched: readonly Node[];
  readonly policies: readonly Policy[];
  /** CloudInits that are no policies. */
  readonly others: readonly CloudInit[];
  readonly rights: PolicyRights;
}

/**
 * Why the draft cannot be saved: `forbidden` {verb}; `nameInvalid` {name}, `nameTaken` {name}; `noNodes` nobody can check it;
 * `overlap` {policy, nodes}; `unchanged`; `checking` the check is not through; `blocked` it found what must not be saved.
 */
export type ObstacleCode = 'forbidden' | 'nameInvalid' | 'nameTaken' | 'noNodes' | 'overlap' | 'unchanged' | 'checking' | 'blocked';

/** A DNS label, so that the boot file's name, which has it in it, stays within a file name's length. */
const NAME = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

export function isPolicyName(name: string): boolean {
  return NAME.test(name);
}

const obstacle = (code: ObstacleCode, params: Message['params'] = {}): Message<ObstacleCode> => ({ code, params });

/** What is wrong with a new policy's name. */
export function nameObstacles({ draft: { name }, base, policies, others }: Pick<SaveGateInput, 'draft' | 'base' | 'policies' | 'others'>): Message<ObstacleCode>[] {
  if (base) {
    return [];
  }
  if (!isPolicyName(name)) {
    return [obstacle('nameInvalid', { name })];
  }
  const taken = [...policies.map((policy) => policy.name), ...others.map(({ metadata }) => metadata.name)];

  return taken.includes(name) ? [obstacle('nameTaken', { name })] : [];
}

function overlapObstacles({ draft: { name, matchSelector }, policies, matched }: SaveGateInput): Message<ObstacleCode>[] {
  const mine = { name, matchSelector, paused: false, contents: { kind: 'foreign' as const }, history: [] };
  const others = policies.filter((policy) => policy.name !== name);

  return others.flatMap((other) => policyOverlaps([mine, other], matched)).map(({ policies: [, policy], nodes: names }) => obstacle('overlap', { policy, nodes: names.join(', '), count: names.length }));
}

/** Whether the draft says something else than what is stored; contents that are not ours always differ. */
export function differsFrom(draft: Draft, policy: Policy): boolean {
  const { settings, matchSelector } = draft;
  const { contents, matchSelector: stored } = policy;

  if (contents.kind !== 'settings' || !sameSelector(matchSelector, stored) || pausedBySaving(draft, policy) !== undefined) {
    return true;
  }
  // An empty map turns off what other layers say; none leaves it to them
  const isWritten = (setting: typeof EVICTION_MAPS[number]): boolean => (settings[setting] === undefined) === (contents.settings[setting] === undefined);

  return changesBetween(contents.settings, settings).length > 0 || !EVICTION_MAPS.every(isWritten);
}

/** Everything that keeps the draft from being saved, what cannot be mended here first; empty: it can be saved. */
export function saveObstacles(input: SaveGateInput): Message<ObstacleCode>[] {
  const { draft, base, findings, checking, matched, rights } = input;
  const verb = base ? 'patch' : 'create';

  return [
    ...(rights[verb] ? [] : [obstacle('forbidden', { verb: `${ verb } ${ CLOUD_INIT_RESOURCE }` })]),
    ...nameObstacles(input),
    ...(matched.length > 0 ? [] : [obstacle('noNodes')]),
    ...overlapObstacles(input),
    ...(base && !differsFrom(draft, base) ? [obstacle('unchanged')] : []),
    ...(findings.some(({ severity }) => severity === 'blocks') ? [obstacle('blocked')] : []),
    ...(checking ? [obstacle('checking')] : []),
  ];
}

/**
 * Others who have a say in the arguments: `sameFile` {name} a CloudInit that writes our very file; `otherCloudInit` {name} one
 * with kubelet arguments of its own; `otherArguments` {argument, node, more} arguments that nodes were started with and that
 * no policy accounts for: a file on the node sets them, and where it is read later than ours it wins.
 */
export type WriterCode = 'sameFile' | 'otherCloudInit' | 'otherArguments';

function nodeArguments({ matched, policies }: Pick<SaveGateInput, 'matched' | 'policies'>): Message<WriterCode>[] {
  const known = policies.flatMap(knownSettings);
  const byArgument = new Map<string, string[]>();

  for (const { metadata: { name, annotations } } of matched) {
    const nodeArgs = annotations?.[NODE_ARGS_ANNOTATION];

    for (const argument of otherArguments(nodeArgs, writtenSettings(known, nodeArgs) ?? {})) {
      byArgument.set(argument, [...byArgument.get(argument) ?? [], name]);
    }
  }

  return [...byArgument].map(([argument, [node, ...more]]) => ({ code: 'otherArguments', params: { argument, node, more: more.length } }));
}

/** Everybody else who has a say in the arguments of the matched nodes. */
export function writerNotices(input: Pick<SaveGateInput, 'matched' | 'policies' | 'others'>): Message<WriterCode>[] {
  const cloudInits = otherCloudInits(input.others).map(({ name, touchesOurFile }): Message<WriterCode> => ({ code: touchesOurFile ? 'sameFile' : 'otherCloudInit', params: { name } }));

  return [...cloudInits, ...nodeArguments(input)];
}

/**
 * Today's nodes of a policy that a draft of it is not for: what is on them stays, see `leftBehindNodes`.
 *
 * @param nodes all of the cluster
 */
export function leavingNodes({ matchSelector }: Draft, base: Policy | undefined, nodes: readonly Node[]): string[] {
  const staying = new Set(nodesOf({ matchSelector }, nodes));

  return base?.contents.kind === 'settings' ? nodesOf(base, nodes).filter((node) => !staying.has(node)).map(({ metadata }) => metadata.name) : [];
}

/** What has to be confirmed by typing before a draft is saved. */
export interface Confirmations {
  readonly findings: readonly Finding[];
  /** `replacesForeign`: contents that somebody edited by hand are replaced; `sameFile` {name} as in {@link WriterCode}. */
  readonly notes: readonly Message<'replacesForeign' | 'sameFile'>[];
}

export function confirmationsFor(findings: readonly Finding[], base: Policy | undefined, writers: readonly Message<WriterCode>[]): Confirmations {
  return {
    findings: findings.filter(({ severity }) => severity === 'confirm'),
    notes:    [
      ...(base?.contents.kind === 'foreign' ? [{ code: 'replacesForeign' as const, params: {} }] : []),
      ...writers.flatMap(({ code, params }) => (code === 'sameFile' ? [{ code, params }] : [])),
    ],
  };
}

export function isConfirmationNeeded({ findings, notes }: Confirmations): boolean {
  return findings.length > 0 || notes.length > 0;
}

/** A policy: settings and the nodes that they are for, stored as one CloudInit of Harvester's node-manager. */
import type { Node } from '../../harvester/node';
import { cloudInitContents, parseCloudInit, REMOVAL_CONTENTS, type GuardedSettings, type ParsedContents } from './contents';
import { addToHistory, parseHistory, type HistoryEntry } from './history';

/** node.harvesterhci.io/v1beta1 CloudInit. */
export interface CloudInit {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata: {
    readonly name: string;
    readonly resourceVersion?: string;
    /** Set while it waits for its finalizers. */
    readonly deletionTimestamp?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec: {
    readonly matchSelector: Readonly<Record<string, string>>;
    readonly filename: string;
    readonly contents: string;
    readonly paused?: boolean;
  };
  readonly status?: { readonly rollouts?: Readonly<Record<string, Rollout>> };
}

/** How a CloudInit stands on one node. */
export interface Rollout {
  readonly conditions?: readonly { readonly type: string; readonly status: string; readonly reason?: string; readonly lastTransitionTime?: string }[];
}

/** Steve's name of the type. */
export const CLOUD_INIT_TYPE = 'node.harvesterhci.io.cloudinit';
/** The resource as rights name it. */
export const CLOUD_INIT_RESOURCE = 'cloudinits.node.harvesterhci.io';

const API_VERSION = 'node.harvesterhci.io/v1beta1';
const PREFIX = 'node-pressure.harvesterhci.io/';

/** Marks the CloudInits that are policies of ours. */
export const POLICY_LABEL = `${ PREFIX }policy`;
export const HISTORY_ANNOTATION = `${ PREFIX }history`;
/** What people call a policy whose object cannot be renamed. */
export const DISPLAY_NAME_ANNOTATION = `${ PREFIX }display-name`;

/** All nodes that Harvester manages; witness nodes among them are kept out by the guard. */
export const ALL_NODES: Readonly<Record<string, string>> = { 'harvesterhci.io/managed': 'true' };

/** What a policy's object says. */
export interface Policy {
  /** Of its object. */
  readonly name: string;
  /** What people call it, if they gave it another name. */
  readonly displayName?: string;
  readonly matchSelector: Readonly<Record<string, string>>;
  readonly paused: boolean;
  /** The settings with their guard, a removal, or contents that somebody edited. */
  readonly contents: ParsedContents;
  /** Newest first. */
  readonly history: readonly HistoryEntry[];
}

/** A policy to be saved. */
export interface PolicyDraft {
  readonly name: string;
  readonly matchSelector: Readonly<Record<string, string>>;
  readonly paused: boolean;
  /** `removal` takes the settings from the nodes. */
  readonly contents: GuardedSettings | 'removal';
}

export function isPolicy({ metadata }: CloudInit): boolean {
  return metadata.labels?.[POLICY_LABEL] === 'true';
}

/** The policy behind a CloudInit with our label. */
export function policyOf({ metadata, spec }: CloudInit): Policy {
  const displayName = metadata.annotations?.[DISPLAY_NAME_ANNOTATION];

  return {
    name:          metadata.name,
    ...(displayName && { displayName }),
    matchSelector: spec.matchSelector,
    paused:        spec.paused === true,
    contents:      parseCloudInit(spec.contents),
    history:       parseHistory(metadata.annotations?.[HISTORY_ANNOTATION]),
  };
}

/**
 * The object to be saved for a policy. Of an existing object everything is kept that is not the policy's: its file's name
 * (another one would leave the old file on the nodes), resourceVersion, other people's labels and annotations.
 *
 * @throws UnwritableSettingsError for settings that no kubelet starts with
 */
export function cloudInitFor({ name, matchSelector, paused, contents }: PolicyDraft, entry: HistoryEntry, existing?: CloudInit): CloudInit {
  const { labels, annotations } = existing?.metadata ?? {};

  return {
    apiVersion: API_VERSION,
    kind:       'CloudInit',
    ...existing,
    metadata: {
      ...existing?.metadata,
      name,
      labels:      { ...labels, [POLICY_LABEL]: 'true' },
      annotations: { ...annotations, [HISTORY_ANNOTATION]: addToHistory(annotations?.[HISTORY_ANNOTATION], entry) },
    },
    spec: {
      filename: `99_node_pressure_${ name }.yaml`,
      ...existing?.spec,
      matchSelector,
      contents: contents === 'removal' ? REMOVAL_CONTENTS : cloudInitContents(contents),
      paused,
    },
  };
}

/** Whether node-manager applies a selector to a node: every label equal; an empty one matches all nodes. */
export function matchesNode(matchSelector: Readonly<Record<string, string>>, { metadata: { labels = {} } }: Node): boolean {
  return Object.entries(matchSelector).every(([key, value]) => Object.hasOwn(labels, key) && labels[key] === value);
}

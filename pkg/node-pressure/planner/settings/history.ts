/** The last changes of a policy, kept on its object: who, when, what and, if they said so, why. */
import { isWritable } from './file';
import { isLabelKey, isLabelValue } from './labels';
import { MAP_SETTINGS, SCALAR_SETTINGS, type Settings } from './settings';

/** What was done to a policy. */
export type PolicyAction = 'created' | 'changed' | 'paused' | 'resumed' | 'removed';

const ACTIONS: readonly string[] = ['created', 'changed', 'paused', 'resumed', 'removed'] satisfies PolicyAction[];

export interface HistoryEntry {
  /** RFC 3339. */
  readonly time: string;
  /** The user's name as Rancher shows it; hostile like every text from the cluster. */
  readonly user: string;
  readonly action: PolicyAction;
  readonly reason?: string;
  /** The settings as they were before, for undo; absent where there were none that we could read. */
  readonly before?: Settings;
  /** The labels of the nodes that it was for before, where the change chose others. */
  readonly beforeSelector?: Readonly<Record<string, string>>;
  /** Whether it was paused before, where the change made that another. Of pausing and resuming the action says it. */
  readonly beforePaused?: boolean;
}

const MAX_ENTRIES = 10;
/** Characters of a reason and of a name that are kept. */
const MAX_TEXT = 500;
/** Labels that are kept of a choice of nodes: ten entries of them stay far below what annotations may have. */
const MAX_LABELS = 20;

type Json = Readonly<Record<string, unknown>>;

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function hasShape(value: unknown): value is Settings {
  return isJson(value) &&
    Object.keys(value).every((key) => ([...MAP_SETTINGS, ...SCALAR_SETTINGS] as string[]).includes(key)) &&
    MAP_SETTINGS.every((setting) => value[setting] === undefined || (isJson(value[setting]) && Object.values(value[setting]).every((text) => typeof text === 'string'))) &&
    ['undefined', 'number'].includes(typeof value['evictionMaxPodGracePeriod']) && ['undefined', 'string'].includes(typeof value['evictionPressureTransitionPeriod']);
}

/** Whether a value is a choice of nodes that can be gone back to. */
function isSelector(value: unknown): value is Readonly<Record<string, string>> {
  const labels = isJson(value) ? Object.entries(value) : [];

  return labels.length > 0 && labels.length <= MAX_LABELS && labels.every(([key, text]) => isLabelKey(key) && typeof text === 'string' && isLabelValue(text));
}

function entryFrom(value: unknown): HistoryEntry[] {
  if (!isJson(value)) {
    return [];
  }
  const { time, user, action, reason, before, beforeSelector, beforePaused } = value;

  if (typeof time !== 'string' || Number.isNaN(Date.parse(time)) || typeof user !== 'string' || !ACTIONS.includes(String(action))) {
    return [];
  }

  return [{
    time,
    user,
    action: action as PolicyAction,
    ...(typeof reason === 'string' && { reason }),
    // What nobody could have saved is nothing to go back to
    ...(hasShape(before) && isWritable(before) && { before }),
    ...(isSelector(beforeSelector) && { beforeSelector }),
    ...(typeof beforePaused === 'boolean' && { beforePaused }),
  }];
}

/** The entries in an annotation, newest first. Whatever is none of ours is passed over. */
export function parseHistory(annotation: string | undefined): HistoryEntry[] {
  try {
    const entries: unknown = JSON.parse(annotation ?? '[]');

    return Array.isArray(entries) ? entries.flatMap(entryFrom).slice(0, MAX_ENTRIES) : [];
  } catch {
    return [];
  }
}

/** The annotation with one more entry in front; the oldest are dropped, long texts cut, and too many labels left out. */
export function addToHistory(annotation: string | undefined, entry: HistoryEntry): string {
  const { beforeSelector, ...rest } = entry;
  const bounded = {
    ...rest,
    user: rest.user.slice(0, MAX_TEXT),
    ...(rest.reason !== undefined && { reason: rest.reason.slice(0, MAX_TEXT) }),
    ...(isSelector(beforeSelector) && { beforeSelector }),
  };

  return JSON.stringify([bounded, ...parseHistory(annotation)].slice(0, MAX_ENTRIES));
}

/** Changes of a policy's object that leave its contents alone. */
import { addToHistory, type HistoryEntry } from './history';
import { DISPLAY_NAME_ANNOTATION, HISTORY_ANNOTATION, type CloudInit } from './policy';

function withAnnotations<T extends CloudInit>(object: T, annotations: Readonly<Record<string, string | undefined>>): T {
  const merged = Object.entries({ ...object.metadata.annotations, ...annotations }).filter(([, text]) => text !== undefined);

  return { ...object, metadata: { ...object.metadata, annotations: Object.fromEntries(merged) } };
}

/**
 * The object with the policy paused or resumed. Paused, node-manager brings its contents to no further node and changes none;
 * where they are already they stay, and act at the next boot.
 */
export function pausedPolicy<T extends CloudInit>(object: T, paused: boolean, entry: HistoryEntry): T {
  const history = addToHistory(object.metadata.annotations?.[HISTORY_ANNOTATION], entry);

  return withAnnotations({ ...object, spec: { ...object.spec, paused } }, { [HISTORY_ANNOTATION]: history });
}

/** Characters of a name for people. */
export const MAX_DISPLAY_NAME = 100;

/**
 * The object with another name for people; an empty one takes it away. The object's own name stays: Kubernetes changes no
 * names, and a second object would need a second boot file, whose removal of the settings file would run beside the first
 * one's writing of it.
 */
export function renamedPolicy<T extends CloudInit>(object: T, displayName: string): T {
  return withAnnotations(object, { [DISPLAY_NAME_ANNOTATION]: displayName.trim().slice(0, MAX_DISPLAY_NAME) || undefined });
}

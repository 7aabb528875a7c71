import { isRecord } from './objects';

/** Lists of core/v1 that merge by a key of their items, by the list's field name (patchMergeKey in the Go types). */
const MERGE_KEYS: Readonly<Record<string, string>> = {
  conditions: 'type',
  containers: 'name',
  initContainers: 'name',
  env: 'name',
  volumes: 'name',
  volumeMounts: 'mountPath',
  ports: 'containerPort',
  addresses: 'type',
  taints: 'key',
  ownerReferences: 'uid',
};

/** Lists of plain values that merge as sets. */
const SETS: ReadonlySet<string> = new Set(['finalizers']);

/** Strategic merge patch, with `$patch: delete` and `$patch: replace`, for the list fields that the simulator's objects have. */
export function strategicMerge(target: unknown, patch: unknown, field = ''): unknown {
  if (Array.isArray(patch)) {
    return mergeList(Array.isArray(target) ? target : [], patch, field);
  }
  if (!isRecord(patch)) {
    return patch;
  }
  const { $patch: directive, ...changes } = patch;
  const merged: Record<string, unknown> = isRecord(target) && directive !== 'replace' ? { ...target } : {};

  for (const [key, value] of Object.entries(changes)) {
    if (value === null) {
      delete merged[key];
    } else {
      merged[key] = strategicMerge(merged[key], value, key);
    }
  }

  return merged;
}

function mergeList(target: readonly unknown[], patch: readonly unknown[], field: string): unknown[] {
  const key = MERGE_KEYS[field];

  if (SETS.has(field)) {
    return [...new Set([...target, ...patch])];
  }
  if (!key || patch.some((item) => isRecord(item) && item.$patch === 'replace')) {
    return patch.filter((item) => !isRecord(item) || item.$patch === undefined);
  }
  const merged = [...target];

  for (const item of patch) {
    if (!isRecord(item)) {
      continue;
    }
    const index = merged.findIndex((old) => isRecord(old) && old[key] === item[key]);

    if (item.$patch === 'delete') {
      merged.splice(index, index < 0 ? 0 : 1);
    } else if (index < 0) {
      merged.push(strategicMerge({}, item));
    } else {
      merged[index] = strategicMerge(merged[index], item);
    }
  }

  return merged;
}

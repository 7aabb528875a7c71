import type { ApiRequest } from '../request';
import { deepEqual } from '../store/objects';
import { counts } from './counts';
import type { Counts } from './counts';
import { Debounced } from './debounce';

const DEBOUNCE = 5000;

/** Tells of counts that changed, only of those; returns how to stop. */
export function watchCounts(request: ApiRequest, tell: (counts: Counts) => void): () => void {
  let known = counts(request).counts;
  const notify = new Debounced(DEBOUNCE, () => {
    const all = counts(request);
    const changed = Object.entries(all.counts).filter(
      ([id, { summary, namespaces }]) => !deepEqual({ summary, namespaces }, known[id] && { summary: known[id].summary, namespaces: known[id].namespaces }),
    );

    known = all.counts;
    if (changed.length > 0) {
      tell({ ...all, counts: Object.fromEntries(changed) });
    }
  });
  const unwatch = request.cluster.store.watch(() => notify.trigger());

  return () => {
    unwatch();
    notify.cancel();
  };
}

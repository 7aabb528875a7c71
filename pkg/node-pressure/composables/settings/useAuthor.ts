import { useStore } from 'vuex';
import type { HistoryEntry, PolicyAction } from '../../planner/settings/history';

/** Rancher's user, as far as the Dashboard knows one: a provider without names leaves the principal. */
interface User {
  readonly displayName?: string;
  readonly name?: string;
  readonly username?: string;
}

/** Makes entries of a policy's history in the user's name. Call in `setup`. */
export function useAuthor(): (action: PolicyAction, more?: Pick<HistoryEntry, 'reason' | 'before' | 'beforeSelector' | 'beforePaused'>) => HistoryEntry {
  const store = useStore();

  function author(): string {
    const { displayName, name, username }: User = store.getters['auth/user'] ?? {};

    return displayName || name || username || store.getters['auth/principalId'] || '';
  }

  return (action, more = {}) => ({ time: new Date().toISOString(), user: author(), action, ...more });
}

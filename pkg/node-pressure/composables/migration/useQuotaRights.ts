import { computed, type ComputedRef } from 'vue';
import type { Host } from '../useHost';

/** What the user may change. */
export interface QuotaRights {
  readonly repair: boolean;
  readonly writeNamespace: boolean;
}

/** Rights by the schemas of Steve. Call in `setup`. */
export function useQuotaRights(host: Pick<Host, 'methodsOf'>): ComputedRef<QuotaRights> {
  const may = (type: string): boolean => host.methodsOf(type)?.resource.includes('PATCH') ?? false;

  return computed(() => ({ repair: may('resourcequota'), writeNamespace: may('namespace') }));
}

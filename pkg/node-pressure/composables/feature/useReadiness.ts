import { computed, watch, type ComputedRef } from 'vue';
import { readiness, type ReadinessItem } from '../../planner/feature/readiness';
import type { ReadProgress } from '../../planner/readProgress';
import type { Host } from '../useHost';
import { useNodeReports } from '../useNodeReports';
import { useNodes } from '../useNodes';
import { usePageActive } from '../usePageActive';
import { useNamespaceUses } from './useNamespaceUses';

/** So many kubelets are asked without a word; more only when somebody wants it. */
const ASKED_AT_ONCE = 100;

export interface Readiness {
  readonly items: ComputedRef<readonly ReadinessItem[]>;
  readonly progress: ComputedRef<ReadProgress>;
  readAll(): void;
  cancel(): void;
}

/** The readiness list of the cluster for plain containers. Call in `setup`. */
export function useReadiness(host: Host): Readiness {
  const { nodes } = useNodes(host);
  const { rows, progress, readAll, cancel } = useNodeReports(host, host.clusterId.value, nodes);
  const uses = useNamespaceUses(host, usePageActive());

  watch(() => nodes.value.length, (count) => {
    if (count > 0 && count <= ASKED_AT_ONCE) {
      readAll();
    }
  });

  return {
    items: computed(() => readiness({ reports: rows.value.map(({ report }) => report), namespaces: uses.value.uses, namespacesFailure: uses.value.failure })),
    progress,
    readAll,
    cancel,
  };
}

import { computed, onBeforeUnmount, watch, type ComputedRef, type Ref } from 'vue';
import type { Namespace } from '../../harvester/namespace';
import { namespaceUses, ownNamespaces, type NamespaceUses } from '../../planner/feature/namespaceUses';
import type { VirtualMachine } from '../../planner/node/virtualMachine';
import { REFRESH_MILLISECONDS } from '../../planner/reading';
import { memoryLimitRangesPlan, memoryQuotasPlan, plainPodsPlan } from '../../steve/namespaces';
import { createQueue } from '../../steve/queue';
import { createReadings } from '../readings';
import type { Host } from '../useHost';
import { useList } from '../useList';

const NAMESPACE = 'namespace';
const VIRTUAL_MACHINE = 'kubevirt.io.virtualmachine';
const CONCURRENT_READS = 4;
const INTERVAL_MILLISECONDS = 4 * REFRESH_MILLISECONDS;
const ALL = 'all';

/** What runs in the cluster's namespaces, read while `active`. Call in `setup`. */
export function useNamespaceUses(host: Host, active: Readonly<Ref<boolean>>): ComputedRef<NamespaceUses> {
  const { request } = host;
  const clusterId = host.clusterId.value;
  const common = { request, queue: createQueue(CONCURRENT_READS), intervalMilliseconds: INTERVAL_MILLISECONDS };
  const pods = createReadings({ ...common, plan: (namespace) => plainPodsPlan(clusterId, namespace) });
  const quotas = createReadings({ ...common, plan: () => memoryQuotasPlan(clusterId) });
  const limitRanges = createReadings({ ...common, plan: () => memoryLimitRangesPlan(clusterId) });
  const namespaces = useList<Namespace>(host, NAMESPACE, 'namespaces', active);
  const vms = useList<VirtualMachine>(host, VIRTUAL_MACHINE, 'virtualmachines.kubevirt.io', active);
  const all = [pods, quotas, limitRanges];
  const names = computed(() => ownNamespaces(namespaces.objects.value ?? []));

  quotas.want(new Set([ALL]));
  limitRanges.want(new Set([ALL]));
  watch(names, (list) => pods.want(new Set(list)), { immediate: true });
  watch(active, (isActive) => all.forEach((readings) => (isActive ? readings.start() : readings.stop())), { immediate: true });
  onBeforeUnmount(() => all.forEach((readings) => readings.stop()));

  return computed((): NamespaceUses => {
    const failure = namespaces.failure.value ?? vms.failure.value;

    return failure ? { failure } : namespaceUses({ namespaces: namespaces.objects.value, vms: vms.objects.value, plainPods: pods.of, quotas: quotas.of(ALL), limitRanges: limitRanges.of(ALL) });
  });
}

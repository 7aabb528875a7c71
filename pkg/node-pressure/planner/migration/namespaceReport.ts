import { alarmsOf } from './alarms';
import type { MigrationCluster } from './cluster';
import { largestVm } from './largest';
import { namespaceContext, type NamespaceContext } from './namespaceContext';
import { countByQuota, countInParallel, type Mover } from './parallel';
import { raiseReports } from './raiseReports';
import type { NamespaceReport, VmReport } from './report';
import { isLimit, statesOf } from './states';
import { vmReport } from './vmReport';

/** VMs that nothing but quotas may keep from migrating. */
function moversOf({ vms }: NamespaceContext, reports: readonly VmReport[]): Mover[] {
  return vms.flatMap(({ candidate, vmi }, index) => {
    const isFree = (reports[index] as VmReport).reasons.every(({ code }) => isLimit(code));

    return candidate && isFree ? [{ candidate, node: vmi.status?.nodeName ?? '' }] : [];
  });
}

/**
 * Whether a namespace's VMs can migrate, what of its quotas is left, and what is wrong with them.
 * @param namespace one of the cluster's `namespaceNames`; any other has no VMs
 */
export function namespaceReport(cluster: MigrationCluster, namespace: string, nowMilliseconds: number): NamespaceReport {
  const context = namespaceContext(cluster, namespace);
  const { rooms, vms, objects, error } = context;
  const reports = vms.map((vm) => vmReport(context, vm));
  const alarms = alarmsOf(context, nowMilliseconds);
  const movers = moversOf(context, reports);

  return {
    namespace,
    states:      statesOf(context, reports, alarms, nowMilliseconds),
    limits:      rooms,
    raises:      raiseReports(context, nowMilliseconds),
    vms:         reports,
    oneByOne:    reports.filter(({ canMigrate }) => canMigrate).length,
    atOnce:      countByQuota(movers, rooms, cluster),
    inParallel:  countInParallel(movers, rooms, cluster),
    largest:     error === undefined ? largestVm(context) : { none: true },
    alarms,
    isEstimated: !objects.podsRead,
    ...(error !== undefined && { error }),
  };
}

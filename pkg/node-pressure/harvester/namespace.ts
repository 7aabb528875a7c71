/** core/v1 Namespace, as far as it tells whose it is. */
export interface Namespace {
  readonly metadata: { readonly name: string; readonly annotations?: Readonly<Record<string, string>> };
}

/** Namespaces of Kubernetes, Rancher, Fleet, Harvester and Longhorn: people put nothing of their own there. */
const SYSTEM_NAMES = /^(kube|cattle|fleet|cluster-fleet|harvester|longhorn)-|^local$/;

/** Rancher's mark of a namespace that belongs to the system. */
const SYSTEM_ANNOTATION = 'management.cattle.io/system-namespace';

/** Whether a namespace is the system's own rather than somebody's who runs VMs or containers. */
export function isSystemNamespace({ metadata: { name, annotations } }: Namespace): boolean {
  return annotations?.[SYSTEM_ANNOTATION] === 'true' || SYSTEM_NAMES.test(name);
}

import type { Cluster } from '../cluster';
import type { KindCatalogue, ResourceKind } from '../kinds/kind';
import type { Admission } from '../store/admission';
import { denied } from '../store/errors';
import { valueAt } from '../store/objects';
import type { KubeObject } from '../store/objects';

const FEATURE = 'management.cattle.io.feature';
const HARVESTER = 'harvester';
const CONTAINER_WORKLOAD = 'harvester-baremetal-container-workload';
const EXPERIMENTAL = 'feature.cattle.io/experimental';
const WEBHOOK = 'rancher.cattle.io.features.management.cattle.io';

const specOf = (feature: KubeObject | undefined): unknown => valueAt(feature, 'spec.value') ?? null;

/** Rancher's webhook: a locked feature can only be set to what it is locked to. */
export function featureAdmission(kinds: KindCatalogue): Admission {
  return {
    kind: kinds.get(FEATURE),
    validate(object, { operation, old }) {
      const locked = valueAt(object, 'status.lockedValue') ?? null;

      if (operation === 'UPDATE' && locked !== null && specOf(object) !== specOf(old) && specOf(object) !== locked) {
        throw denied(WEBHOOK, `feature flag cannot be changed from current value: ${ String(locked) }`, 400, 'Invalid');
      }
    },
  };
}

/** Rancher's feature handler, as far as Harvester's two features depend on each other. */
export class FeatureController {
  private readonly kind: ResourceKind;

  constructor(private readonly cluster: Cluster) {
    this.kind = cluster.kinds.get(FEATURE);
    cluster.store.watch(({ kind, type, object }) => {
      const { name } = object.metadata;

      if (kind === this.kind && type !== 'DELETED' && (name === HARVESTER || name === CONTAINER_WORKLOAD)) {
        // The API's answer goes out first
        queueMicrotask(() => this.reconcile(name));
      }
    });
  }

  private reconcile(name: string): void {
    const feature = this.cluster.store.find(this.kind, undefined, name);

    if (!feature) {
      return;
    }
    if (name === HARVESTER) {
      this.set(CONTAINER_WORKLOAD, false, specOf(feature) === false && this.isEnabled(CONTAINER_WORKLOAD));
    } else if (feature.metadata.annotations?.[EXPERIMENTAL] !== 'true') {
      this.cluster.store.update(this.kind, { ...feature, metadata: { ...feature.metadata, annotations: { ...feature.metadata.annotations, [EXPERIMENTAL]: 'true' } } });
    } else {
      this.set(HARVESTER, true, this.isEnabled(CONTAINER_WORKLOAD));
    }
  }

  private isEnabled(name: string): boolean {
    const feature = this.cluster.store.find(this.kind, undefined, name);

    return (valueAt(feature, 'status.lockedValue') ?? specOf(feature) ?? valueAt(feature, 'status.default')) === true;
  }

  private set(name: string, value: boolean, condition: boolean): void {
    const feature = this.cluster.store.find(this.kind, undefined, name);

    if (condition && feature && specOf(feature) !== value) {
      this.cluster.store.update(this.kind, { ...feature, spec: { ...(feature.spec as object), value } });
    }
  }
}

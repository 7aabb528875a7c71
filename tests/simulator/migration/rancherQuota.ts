import { parseQuantity } from '../../../pkg/node-pressure/kubelet/quantity';
import { hasMigratingVM } from '../../../pkg/node-pressure/harvester/migration/raises';
import type { ResourceQuota } from '../../../pkg/node-pressure/harvester/migration/objects';
import { timestamp } from '../clock';
import type { Cluster } from '../cluster';
import type { KindCatalogue } from '../kinds/kind';
import type { QuotaPlan } from '../scenarios/plan';
import type { Admission } from '../store/admission';
import { denied } from '../store/errors';
import { valueAt } from '../store/objects';
import type { KubeObject } from '../store/objects';
import { annotated } from './machines';
import { hardOf } from './quotaUse';

const QUOTA = 'field.cattle.io/resourceQuota';
const PROJECT = 'field.cattle.io/projectId';
const STATUS = 'cattle.io/status';
const LIMITS = { limitsCpu: 'limits.cpu', limitsMemory: 'limits.memory' } as const;

type Limit = keyof typeof LIMITS;
interface Condition { Type: string; Status: string; Message: string; LastUpdateTime: string }

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '{}');
  } catch {
    return {};
  }
}

const limitsOf = (namespace: KubeObject): QuotaPlan => (valueAt(parsed(namespace.metadata.annotations?.[QUOTA]), 'limit') ?? {}) as QuotaPlan;

/** The default quota of a namespace. */
function quotaOf({ store, kinds }: Pick<Cluster, 'store' | 'kinds'>, namespace: string): KubeObject | undefined {
  return store.list(kinds.get('resourcequota'), namespace).find(({ metadata: { labels } }) => labels?.['resourcequota.management.cattle.io/default-resource-quota'] === 'true');
}

/** Harvester's webhook on namespaces: no other quota while VMs migrate, and none below what is used. */
export function namespaceAdmission(kinds: KindCatalogue): Admission {
  return {
    kind: kinds.get('namespace'),
    validate(namespace, { operation, old, store }) {
      const { name } = namespace.metadata;
      const quota = operation === 'UPDATE' && old?.metadata.annotations?.[QUOTA] !== namespace.metadata.annotations?.[QUOTA] ? quotaOf({ store, kinds }, name) : undefined;

      if (!quota) {
        return;
      }
      const refuse = (text: string): never => {
        throw denied('validator.harvesterhci.io', text);
      };

      if (hasMigratingVM(quota as unknown as ResourceQuota)) {
        refuse(`namespace ${ name } has migrating VMs, can't change resource quotas`);
      }
      for (const [key, title] of [['limitsCpu', 'CPU'], ['limitsMemory', 'Memory']] as const) {
        const [limit, used] = [limitsOf(namespace)[key], String(valueAt(quota, `status.used[${ LIMITS[key] }]`) ?? '0')];

        if (limit && parseQuantity(limit).cmp(parseQuantity(used)) < 0) {
          refuse(`can't update the resource quota of namespace ${ name }, error: new ${ title } limit ${ limit } is lower than the current used ${ title } limit ${ used }`);
        }
      }
    },
  };
}

/** Rancher's controller of namespaces' quotas, as far as tests steer it. */
export interface NamespaceQuotas {
  /** Whether it refuses every quota from now on, as if somebody had just filled the project up. */
  refuse(isRefusing: boolean): void;
}

/**
 * Rancher's controller that carries a namespace's annotation into its quota, if the project's limits allow it, and says
 * so in a condition. What migrations have added meanwhile it writes over.
 */
export function carryNamespaceQuotas({ id, store, kinds, clock }: Cluster, rancher: Cluster): NamespaceQuotas {
  const kind = kinds.get('namespace');
  let isRefusing = false;
  const carried = new Map(store.list(kind).map(({ metadata: { name, annotations } }) => [name, annotations?.[QUOTA]]));

  function limitOf(namespace: KubeObject, key: Limit): string | undefined {
    const project = rancher.store.find(rancher.kinds.get('management.cattle.io.project'), id, (namespace.metadata.annotations?.[PROJECT] ?? '').split(':')[1] ?? '');

    return project && valueAt(project, `spec.resourceQuota.limit.${ key }`) as string | undefined;
  }

  function exceeds(namespace: KubeObject, key: Limit): boolean {
    const limit = limitOf(namespace, key);
    const ofProject = store.list(kind).filter(({ metadata: { name, annotations } }) => name !== namespace.metadata.name && annotations?.[PROJECT] === namespace.metadata.annotations?.[PROJECT]);
    const sum = [namespace, ...ofProject].reduce((total, each) => total.add(parseQuantity(limitsOf(each)[key] ?? '0')), parseQuantity('0'));

    return limit !== undefined && sum.cmp(parseQuantity(limit)) > 0;
  }

  function carry(name: string): void {
    const namespace = store.find(kind, undefined, name);
    const quota = namespace && quotaOf({ store, kinds }, name);

    if (!quota || carried.get(name) === namespace.metadata.annotations?.[QUOTA]) {
      return;
    }
    carried.set(name, namespace.metadata.annotations?.[QUOTA]);
    const limits = limitsOf(namespace);
    const over = (Object.keys(LIMITS) as Limit[]).filter((key) => isRefusing || exceeds(namespace, key));
    const message = over.length > 0 ? `Resource quota [${ over.map((key) => `${ key }=${ limits[key] }`).join(', ') }] exceeds project limit` : '';
    const old = (valueAt(parsed(namespace.metadata.annotations?.[STATUS]), 'Conditions') ?? []) as Condition[];
    const validated = { Type: 'ResourceQuotaValidated', Status: message ? 'False' : 'True', Message: message, LastUpdateTime: timestamp(clock.now()) };

    store.update(kind, annotated(namespace, { [STATUS]: JSON.stringify({ Conditions: [...old.filter(({ Type }) => Type !== validated.Type), validated] }) }));
    if (!message) {
      const wanted = Object.fromEntries((Object.keys(LIMITS) as Limit[]).flatMap((key) => (limits[key] ? [[LIMITS[key], limits[key]]] : [])));

      store.update(kinds.get('resourcequota'), { ...quota, spec: { ...quota.spec as object, hard: { ...hardOf(quota), ...wanted } } });
    }
  }

  store.watch((change) => {
    if (change.kind === kind && change.type === 'MODIFIED') {
      queueMicrotask(() => carry(change.object.metadata.name));
    }
  });

  return {
    refuse(refusing) {
      isRefusing = refusing;
    },
  };
}

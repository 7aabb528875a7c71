import { computed, ref, watch, type ComputedRef, type Ref } from 'vue';
import type { ReadFailure } from '../../planner/reading';
import { CLOUD_INIT_TYPE } from '../../planner/settings/policy';
import type { PolicyRights } from '../../planner/settings/saveGate';
import { CLOUD_INITS, isCloudInit, sortCloudInits, type StoredCloudInit, type StoredPolicy } from '../../steve/cloudInits';
import { classifyFailure } from '../../steve/failure';
import type { Host } from '../useHost';

export interface Policies {
  readonly loading: Readonly<Ref<boolean>>;
  readonly failure: Readonly<Ref<ReadFailure | undefined>>;
  readonly policies: ComputedRef<readonly StoredPolicy[]>;
  /** CloudInits of other people. */
  readonly others: ComputedRef<readonly StoredCloudInit[]>;
  readonly rights: ComputedRef<PolicyRights>;
  /** Tries again after a failure. */
  load(): Promise<void>;
}

const LIST = `list ${ CLOUD_INITS }`;

/** An object as the API has it, without what the Dashboard and Steve hang on it. */
function plain({ apiVersion, kind, metadata: { name, resourceVersion, labels, annotations }, spec, status }: StoredCloudInit): StoredCloudInit {
  return JSON.parse(JSON.stringify({ apiVersion, kind, metadata: { name, resourceVersion, labels, annotations }, spec, status })) as StoredCloudInit;
}

function rightsOf(host: Pick<Host, 'methodsOf'>): PolicyRights {
  const methods = host.methodsOf(CLOUD_INIT_TYPE);
  const wanted = [
    ['create', methods?.collection.includes('POST')],
    ['update', methods?.resource.includes('PUT')],
    ['delete', methods?.resource.includes('DELETE')],
  ] as const;
  const [create, update, remove] = wanted.map(([, allowed]) => allowed === true);
  const missing = wanted.find(([, allowed]) => !allowed)?.[0];

  return { create: create === true, update: update === true, remove: remove === true, ...(missing && { missing: `${ missing } ${ CLOUD_INITS }` }) };
}

/** The policies of a cluster, which the Dashboard's store watches; loaded when `active` for the first time. Call in `setup`. */
export function usePolicies(host: Pick<Host, 'all' | 'canList' | 'methodsOf' | 'watchAll'>, active: Readonly<Ref<boolean>>): Policies {
  const loading = ref(true);
  const failure = ref<ReadFailure>();
  let isAsked = false;

  async function load(): Promise<void> {
    loading.value = true;
    failure.value = undefined;

    if (!host.canList(CLOUD_INIT_TYPE)) {
      failure.value = { kind: 'forbidden', verb: LIST, message: '' };
    } else {
      try {
        await host.watchAll(CLOUD_INIT_TYPE);
      } catch (reason) {
        failure.value = classifyFailure(reason, LIST);
      }
    }
    loading.value = false;
  }

  watch(active, (isActive) => {
    if (isActive && !isAsked) {
      isAsked = true;
      load();
    }
  }, { immediate: true });

  const sorted = computed(() => sortCloudInits(loading.value || failure.value ? [] : host.all<unknown>(CLOUD_INIT_TYPE).filter(isCloudInit).map(plain)));

  return { loading, failure, load, policies: computed(() => sorted.value.policies), others: computed(() => sorted.value.others), rights: computed(() => rightsOf(host)) };
}

import { computed, ref, shallowRef, watch, type ComputedRef, type Ref } from 'vue';
import type { ReadFailure } from '../../planner/reading';
import { CLOUD_INIT_TYPE } from '../../planner/settings/policy';
import type { PolicyRights } from '../../planner/settings/saveGate';
import { CLOUD_INITS, cloudInitsIn, sortCloudInits, type StoredCloudInit, type StoredPolicy } from '../../steve/cloudInits';
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
  /** Takes an object as it was just saved, until the store hears of it: what is done to it next stands on that. */
  saved(object: StoredCloudInit): void;
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
    ['patch', methods?.resource.includes('PATCH')],
    ['delete', methods?.resource.includes('DELETE')],
  ] as const;
  const [create, patch, remove] = wanted.map(([, allowed]) => allowed === true);
  const missing = wanted.find(([, allowed]) => !allowed)?.[0];

  return { create: create === true, patch: patch === true, remove: remove === true, ...(missing && { missing: `${ missing } ${ CLOUD_INITS }` }) };
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

  const stored = computed(() => (loading.value || failure.value ? [] : cloudInitsIn(host.all<unknown>(CLOUD_INIT_TYPE)).map(plain)));
  const versionOf = (name: string): string | undefined => stored.value.find(({ metadata }) => metadata.name === name)?.metadata.resourceVersion;
  const newest = shallowRef<{ readonly object: StoredCloudInit; readonly insteadOf: string | undefined }>();
  const latest = (object: StoredCloudInit): StoredCloudInit => {
    const { name, resourceVersion } = object.metadata;

    return newest.value?.object.metadata.name === name && newest.value.insteadOf === resourceVersion ? newest.value.object : object;
  };
  const sorted = computed(() => sortCloudInits(stored.value.map(latest)));

  function saved(object: StoredCloudInit): void {
    newest.value = { object, insteadOf: versionOf(object.metadata.name) };
  }

  return { loading, failure, load, saved, policies: computed(() => sorted.value.policies), others: computed(() => sorted.value.others), rights: computed(() => rightsOf(host)) };
}

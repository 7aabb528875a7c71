import { SteveFactory, steveStoreInit } from '@shell/plugins/steve/index';
import { COUNT, MANAGEMENT, NAMESPACE } from '@shell/config/types';
import { ClusterNotFoundError } from '@shell/utils/error';
import { PRODUCT, SETTING } from './names';

interface VuexContext {
  commit(type: string, payload?: unknown, options?: { root: true }): void;
  dispatch(type: string, payload?: unknown, options?: { root: true }): Promise<unknown>;
  getters: Record<string, unknown>;
}

const root = { root: true } as const;

/** Points the store at one Harvester cluster and loads what every page of the product needs. */
async function loadCluster({ commit, dispatch, getters }: VuexContext, { id }: { id: string }): Promise<void> {
  await dispatch('management/waitForSchema', { type: MANAGEMENT.CLUSTER }, root);

  const cluster = await dispatch('management/find', { type: MANAGEMENT.CLUSTER, id, opt: { url: `${ MANAGEMENT.CLUSTER }s/${ encodeURIComponent(id) }` } }, root);

  if (!cluster) {
    commit('clusterId', null, root);
    commit('applyConfig', { baseUrl: null });
    throw new ClusterNotFoundError(id);
  }

  commit('applyConfig', { baseUrl: id === 'local' ? '/v1/harvester' : `/k8s/clusters/${ encodeURIComponent(id) }/v1/harvester` });
  await dispatch('loadSchemas', true);
  dispatch('subscribe');
  await Promise.all([COUNT, NAMESPACE, SETTING].map((type) => dispatch('findAll', { type })));
  await dispatch('cleanNamespaces', null, root);
  commit('updateNamespaces', { filters: [], all: (getters['all'] as (type: string) => unknown)(NAMESPACE), getters }, root);
}

const specifics = SteveFactory(null, null);

specifics.actions = { ...specifics.actions, loadCluster };

/** The store `harvester`: the shell's Steve store, on Harvester's own API root. */
export const store = { specifics, config: { namespace: PRODUCT, isClusterStore: true }, init: steveStoreInit };

import ResourceDetail from '@shell/components/ResourceDetail/index.vue';
import ResourceList from '@shell/components/ResourceList/index.vue';
import { LIST_ROUTE, MANAGER, PRODUCT } from './names';

const cluster = '/:product/c/:cluster';

/** Harvester's routes: product and cluster are parameters of the path, as the Dashboard's own are not. */
export const routes = [
  { name: `${ MANAGER }-clusters`, path: `/${ MANAGER }/clusters`, component: () => import('./pages/HarvesterClusters.vue'), meta: { product: MANAGER, cluster: '_' }, params: { cluster: '_' } },
  { name: `${ PRODUCT }-c-cluster-support`, path: `${ cluster }/support`, component: () => import('./pages/ToDashboard.vue') },
  { name: `${ PRODUCT }-c-cluster`, path: cluster, component: () => import('./pages/ToDashboard.vue') },
  { name: LIST_ROUTE, path: `${ cluster }/:resource`, component: ResourceList },
  { name: `${ LIST_ROUTE }-create`, path: `${ cluster }/:resource/create`, component: ResourceDetail },
  { name: `${ LIST_ROUTE }-id`, path: `${ cluster }/:resource/:id`, component: ResourceDetail },
  { name: `${ LIST_ROUTE }-namespace-id`, path: `${ cluster }/:resource/:namespace/:id`, component: ResourceDetail },
];

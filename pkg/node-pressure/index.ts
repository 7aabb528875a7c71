import { importTypes } from '@rancher/auto-import';
import type { IPlugin } from '@shell/core/types';
import { EVICTION_TAB, EVICTION_TAB_LOCATION, EVICTION_TAB_PAGES, PAGE } from './product';

/** Called by the Dashboard once it has loaded the extension's script. Registers; loads nothing else. */
export default function(plugin: IPlugin): void {
  importTypes(plugin);
  plugin.metadata = require('./package.json');

  plugin.register('list', PAGE, () => import(/* webpackChunkName: "page" */ './pages/NodePressure.vue'));
  plugin.addTab(EVICTION_TAB_LOCATION, EVICTION_TAB_PAGES, {
    name:      EVICTION_TAB,
    labelKey:  'nodePressure.node.tab',
    // After Basics (4), before Virtual Machines (3)
    weight:    3.5,
    component: () => import(/* webpackChunkName: "node" */ './tabs/NodeEviction.vue'),
  });
  // The module, not its function: the Dashboard takes anything with a `name` for the new style's metadata
  plugin.addProduct(require('./product'));
}

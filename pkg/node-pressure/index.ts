import { importTypes } from '@rancher/auto-import';
import type { IPlugin } from '@shell/core/types';
import { PAGE } from './product';

/** Called by the Dashboard once it has loaded the extension's script. Registers; loads nothing else. */
export default function(plugin: IPlugin): void {
  importTypes(plugin);
  plugin.metadata = require('./package.json');

  plugin.register('list', PAGE, () => import(/* webpackChunkName: "page" */ './pages/NodePressure.vue'));
  // The module, not its function: the Dashboard takes anything with a `name` for the new style's metadata
  plugin.addProduct(require('./product'));
}

import { importTypes } from '@rancher/auto-import';
import type { IPlugin } from '@shell/core/types';
import { routes } from './routes';
import { store } from './store';

/** Registers the stand-in for Harvester's UI. */
export default function(plugin: IPlugin): void {
  importTypes(plugin);
  plugin.metadata = require('./package.json');
  // Modules with an `init`, the classic form: a bare function would be taken for the new style's metadata
  plugin.addProduct(require('./product'));
  plugin.addProduct(require('./manager'));
  plugin.addDashboardStore(store.config.namespace, store.specifics, store.config, store.init);
  plugin.addRoutes(routes);
}

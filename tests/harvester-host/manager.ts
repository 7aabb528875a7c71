import type { IPlugin } from '@shell/core/types';
import { MANAGER } from './names';

/** The main menu's entry *Virtualization Management*, the way into a Harvester cluster. */
export function init(plugin: IPlugin, store: unknown): void {
  const { product } = plugin.DSL(store, MANAGER);

  product({
    inStore: 'management', category: 'global', icon: 'harvester', weight: 2, removable: false, to: { name: `${ MANAGER }-clusters` }
  });
}

import type { IPlugin } from '@shell/core/types';
import { NODE } from '@shell/config/types';
import { CLOUD_INIT, DASHBOARD, HOST, LIST_ROUTE, PRODUCT, SETTING, VIRTUAL_MACHINE } from './names';

type Options = Readonly<Record<string, unknown>>;

/** The Dashboard's product description functions; their published types lack options that Harvester's UI uses. */
interface Dsl {
  product(options: Options): void;
  basicType(types: readonly string[], group?: string): void;
  configureType(type: string, options: Options): void;
  virtualType(options: Options): void;
  weightGroup(group: string, weight: number, forBasic: boolean): void;
}

/** Harvester's product: its store, its menu, and hosts shown for what the API calls nodes. */
export function init(plugin: IPlugin, store: unknown): void {
  const { product, basicType, configureType, virtualType, weightGroup } = plugin.DSL(store, PRODUCT) as unknown as Dsl;
  const listRoute = (resource: string) => ({ name: LIST_ROUTE, params: { product: PRODUCT, resource } });

  product({
    inStore:             PRODUCT,
    removable:           false,
    showNamespaceFilter: true,
    showClusterSwitcher: true,
    hideKubeShell:       true,
    supportRoute:        { name: `${ PRODUCT }-c-cluster-support` },
    to:                  listRoute(DASHBOARD),
  });

  basicType([DASHBOARD]);
  virtualType({ labelKey: 'harvesterHost.dashboard', group: 'Root', name: DASHBOARD, weight: 500, route: listRoute(DASHBOARD) });
  configureType(DASHBOARD, { showListMasthead: false });

  basicType([HOST]);
  virtualType({
    ifHaveType: NODE, labelKey: 'harvesterHost.hosts', group: 'Root', name: HOST, namespaced: true, weight: 499, exact: false, route: listRoute(HOST)
  });
  configureType(HOST, {
    location: { name: LIST_ROUTE, params: { resource: HOST } }, resource: NODE, resourceDetail: HOST, resourceEdit: HOST, canYaml: false, isCreatable: false, isEditable: true
  });

  basicType([VIRTUAL_MACHINE]);
  virtualType({ labelKey: 'harvesterHost.virtualMachines', group: 'Root', name: VIRTUAL_MACHINE, namespaced: true, weight: 498, exact: false, route: listRoute(VIRTUAL_MACHINE) });

  basicType([SETTING, CLOUD_INIT], 'advanced');
  weightGroup('advanced', 100, true);
}

/** Names that Harvester's UI extension has given to its parts; Node Pressure relies on exactly these. */
export const PRODUCT = 'harvester';
export const MANAGER = 'harvesterManager';

export const DASHBOARD = 'harvesterhci.io.dashboard';
export const HOST = 'harvesterhci.io.host';
export const SETTING = 'harvesterhci.io.setting';
export const VIRTUAL_MACHINE = 'kubevirt.io.virtualmachine';
export const CLOUD_INIT = 'node.harvesterhci.io.cloudinit';

export const LIST_ROUTE = `${ PRODUCT }-c-cluster-resource`;

import { AGE, NAME, column } from './columns';
import { builtin } from './core';
import type { ResourceKind } from './kind';

type Options = Parameters<typeof builtin>[3];

/** A kind that a CRD defines. */
export function custom(apiVersion: string, kind: string, resource: string, options: Options = {}): ResourceKind {
  return builtin(apiVersion, kind, resource, { custom: true, ...options });
}

const CLUSTER_SCOPED = { namespaced: false } as const;

const KUBEVIRT: readonly ResourceKind[] = [
  custom('kubevirt.io/v1', 'VirtualMachine', 'virtualmachines', {
    columns: [NAME, AGE, column('Status', 'status.printableStatus'), column('Ready', 'status.ready')],
  }),
  custom('kubevirt.io/v1', 'VirtualMachineInstance', 'virtualmachineinstances', {
    columns: [NAME, AGE, column('Phase', 'status.phase'), column('IP', 'status.interfaces[0].ipAddress'), column('NodeName', 'status.nodeName')],
  }),
  custom('kubevirt.io/v1', 'VirtualMachineInstanceMigration', 'virtualmachineinstancemigrations', {
    columns: [NAME, column('Phase', 'status.phase'), column('VMI', 'spec.vmiName')],
  }),
  custom('kubevirt.io/v1', 'KubeVirt', 'kubevirts', { columns: [NAME, AGE, column('Phase', 'status.phase')] }),
];

const NODE_MANAGER: readonly ResourceKind[] = [
  custom('node.harvesterhci.io/v1beta1', 'CloudInit', 'cloudinits', CLUSTER_SCOPED),
  custom('node.harvesterhci.io/v1beta1', 'NodeConfig', 'nodeconfigs'),
  custom('node.harvesterhci.io/v1beta1', 'Hugepage', 'hugepages', CLUSTER_SCOPED),
  custom('node.harvesterhci.io/v1beta1', 'Ksmtuned', 'ksmtuneds', CLUSTER_SCOPED),
];

const HARVESTER: readonly ResourceKind[] = [
  custom('harvesterhci.io/v1beta1', 'Setting', 'settings', {
    ...CLUSTER_SCOPED,
    statusSubresource: false,
    columns: [NAME, column('Value', 'value')],
  }),
  custom('harvesterhci.io/v1beta1', 'Upgrade', 'upgrades'),
  custom('harvesterhci.io/v1beta1', 'UpgradeLog', 'upgradelogs'),
  custom('harvesterhci.io/v1beta1', 'Version', 'versions'),
  custom('harvesterhci.io/v1beta1', 'Addon', 'addons'),
  custom('harvesterhci.io/v1beta1', 'ResourceQuota', 'resourcequotas'),
  custom('harvesterhci.io/v1beta1', 'VirtualMachineImage', 'virtualmachineimages'),
  custom('harvesterhci.io/v1beta1', 'VirtualMachineTemplate', 'virtualmachinetemplates'),
  custom('harvesterhci.io/v1beta1', 'VirtualMachineTemplateVersion', 'virtualmachinetemplateversions'),
  custom('harvesterhci.io/v1beta1', 'KeyPair', 'keypairs'),
  custom('harvesterhci.io/v1beta1', 'SupportBundle', 'supportbundles'),
  custom('management.harvesterhci.io/v1beta1', 'UpgradePlan', 'upgradeplans', CLUSTER_SCOPED),
  custom('network.harvesterhci.io/v1beta1', 'ClusterNetwork', 'clusternetworks', CLUSTER_SCOPED),
  custom('network.harvesterhci.io/v1beta1', 'VlanConfig', 'vlanconfigs', CLUSTER_SCOPED),
  custom('network.harvesterhci.io/v1beta1', 'VlanStatus', 'vlanstatuses', CLUSTER_SCOPED),
  custom('network.harvesterhci.io/v1beta1', 'LinkMonitor', 'linkmonitors', CLUSTER_SCOPED),
];

const AROUND: readonly ResourceKind[] = [
  custom('longhorn.io/v1beta2', 'Setting', 'settings'),
  custom('longhorn.io/v1beta2', 'Node', 'nodes'),
  custom('longhorn.io/v1beta2', 'Volume', 'volumes'),
  custom('upgrade.cattle.io/v1', 'Plan', 'plans'),
  custom('k8s.cni.cncf.io/v1', 'NetworkAttachmentDefinition', 'network-attachment-definitions'),
];

/** What a Harvester cluster serves besides Kubernetes' own kinds. */
export const HARVESTER_KINDS: readonly ResourceKind[] = [...KUBEVIRT, ...NODE_MANAGER, ...HARVESTER, ...AROUND];

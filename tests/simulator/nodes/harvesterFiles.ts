import type { NodePlan } from '../scenarios/plan';
import { CONFIG_DIRECTORY } from './disk';
import type { Disk } from './disk';

/** Pods per node that Harvester allows. */
const MAX_PODS = 200;

/** Milli-CPU that Harvester reserves; follows calculateCPUReservedInMilliCPU in pkg/installer/config/config.go. */
export function reservedMilliCpu(cores: number): number {
  const base = 60 + (cores > 1 ? 10 : 0) + (cores > 2 ? 10 : 0) + (cores > 4 ? 2.5 * (cores - 4) : 0);

  return Math.trunc(base) + (MAX_PODS > 110 ? 400 : 0);
}

function agentFile({ role }: NodePlan): string {
  const labels = `node-labels=harvesterhci.io/managed=true${ role === 'witness' ? ',node-role.harvesterhci.io/witness=true' : '' }`;
  const taint = role === 'witness' ? ['- "register-with-taints=node-role.kubernetes.io/etcd=true:NoExecute"'] : [];

  return ['kubelet-arg:', `- "max-pods=${ MAX_PODS }"`, `- "${ labels }"`, ...taint, ''].join('\n');
}

function reservedFile({ cpuCores }: NodePlan): string {
  const doubled = reservedMilliCpu(cpuCores) * 2;

  return [
    'kubelet-arg+:',
    `- "system-reserved=cpu=${ Math.trunc((doubled * 2) / 5) }m"`,
    `- "kube-reserved=cpu=${ Math.trunc((doubled * 3) / 5) }m"`,
    '',
  ].join('\n');
}

/** What `/oem/90_custom.yaml` writes at every boot, whatever was there. */
export function writeBootFiles(disk: Disk, plan: NodePlan): void {
  const write = (name: string, content: string): void => disk.write(`${ CONFIG_DIRECTORY }/${ name }`, content);

  write(plan.role === 'worker' ? '90-harvester-agent.yaml' : '90-harvester-server.yaml', agentFile(plan));
  write('91-harvester-cdi.yaml', '"nonroot-devices": true\n');
  if (plan.role === 'witness') {
    write('99-harvester-witness.yaml', 'node-taint:\n- "node-role.kubernetes.io/etcd=true:NoExecute"\n');
  }
  write('99-z00-harvester-reserved-resources.yaml', reservedFile(plan));
}

/** What lies on a node's disk after installation and one upgrade. */
export function writeInstalledFiles(disk: Disk, plan: NodePlan): void {
  const write = (name: string, content: string): void => disk.write(`${ CONFIG_DIRECTORY }/${ name }`, content);

  write('40-rancherd.yaml', 'node-label:\n- "harvesterhci.io/managed=true"\n');
  write('50-rancher.yaml', '{"cni": "canal", "disable-kube-proxy": false, "kubelet-arg": []}\n');
  write('99-max-pods.yaml', `kubelet-arg:\n- "max-pods=${ MAX_PODS }"\n`);
  for (const [name, content] of Object.entries(plan.layers ?? {})) {
    write(name, content);
  }
}

/** Harvester's rules of migration and quota. Controllers are taken to run on amd64, built with KubeVirt 1.8. */
import { migrationCompensation } from '../../../pkg/node-pressure/harvester/migration/compensation';
import { migrationDelta, type MigrationQuestion } from '../../../pkg/node-pressure/harvester/migration/delta';
import { memoryOverhead } from '../../../pkg/node-pressure/harvester/migration/memoryOverhead';
import type { LabelledPod, Namespace, ResourceQuota, Setting, VirtualMachine, VirtualMachineInstance } from '../../../pkg/node-pressure/harvester/migration/objects';
import { hasMigratingVM } from '../../../pkg/node-pressure/harvester/migration/raises';
import { resync } from '../../../pkg/node-pressure/harvester/migration/resync';
import { startCheck } from '../../../pkg/node-pressure/harvester/migration/startCheck';
import { vmRequests } from '../../../pkg/node-pressure/harvester/migration/vmRequests';
import { text } from '../fields';
import type { Input, Operation, Output } from '../protocol';

/** A setting as an object, or its value alone. */
function setting(value: unknown): Setting | null {
  return typeof value === 'string' ? { value } : value as Setting | null ?? null;
}

function migration({ namespace, resourceQuotas, setting: ratio, vmi, vmim }: Input): MigrationQuestion {
  return {
    namespace:      namespace ?? {},
    resourceQuotas: (resourceQuotas ?? []) as ResourceQuota[],
    setting:        setting(ratio),
    vmi:            vmi ?? {},
    vmim:           vmim ?? {},
  };
}

function overhead({ vmi, arch, ratio }: Input): Output {
  return { overheadBytes: memoryOverhead(vmi as VirtualMachineInstance, { arch: text(arch), ratio: text(ratio) }).value().toString() };
}

function delta(input: Input): Output {
  const added = migrationDelta(migration(input));

  return added ? { delta: { memoryBytes: added.memory?.value().toString(), milliCPU: added.cpu?.milliValue().toString() } } : {};
}

function hard({ namespace, resourceQuota }: Input): Output {
  const quota = resourceQuota as ResourceQuota;
  const { hard: { cpu, memory } } = resync((namespace ?? {}) as Namespace, quota);

  return { hard: { limitsCpuMilli: cpu?.milliValue().toString(), limitsMemoryBytes: memory?.value().toString() }, hasMigratingVM: hasMigratingVM(quota) };
}

function start({ namespace, resourceQuotas, pods, setting: ratio, vm }: Input): Output {
  const { insufficient, wouldPanic } = startCheck({
    namespace:      (namespace ?? {}) as Namespace,
    resourceQuotas: (resourceQuotas ?? []) as ResourceQuota[],
    pods:           (pods ?? []) as LabelledPod[],
    setting:        setting(ratio),
    vm:             vm as VirtualMachine,
  });

  return { insufficient, wouldPanic };
}

function requests({ overcommitSetting, ratioSetting, vm }: Input): Output {
  const { cpu, memory, guestMemory, wouldPanic } = vmRequests({ overcommitSetting: setting(overcommitSetting), ratioSetting: setting(ratioSetting), vm: vm as VirtualMachine });

  return { requestsCpu: cpu?.toString(), requestsMemory: memory?.toString(), guestMemory: guestMemory?.toString(), wouldPanic };
}

export const ops: Record<string, Operation> = {
  'migration.memoryOverhead': overhead,
  'migration.delta':          delta,
  'migration.hard':           hard,
  'migration.compensation':   (input) => ({ compensationBytes: migrationCompensation(migration(input))?.value().toString() }),
  'migration.startCheck':     start,
  'vm.requests':              requests,
};

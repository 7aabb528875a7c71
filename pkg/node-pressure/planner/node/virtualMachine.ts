import type { Pod } from '../../kubelet/pod';
import type { Message } from '../display';
import { podRef } from '../settings/podRef';

/** kubevirt.io/v1 VirtualMachine, as far as it says whether a stopped VM starts again. */
export interface VirtualMachine {
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec?: { readonly runStrategy?: string; readonly running?: boolean };
}

/**
 * What happens to a VM whose virt-launcher pod the kubelet evicts; it is stopped abruptly in every case, never migrated.
 * `startsAgain` elsewhere, as after any failure; `staysStopped` until somebody starts it; `standalone` an instance
 * without a VirtualMachine: nothing starts it again; `unknown` the VirtualMachine could not be read, or has a strategy
 * that we do not know.
 */
export type VmFate = 'startsAgain' | 'staysStopped' | 'standalone' | 'unknown';

/** A VM on the node. */
export interface VmOfPod {
  readonly namespace: string;
  readonly name: string;
  readonly fate: Message<VmFate>;
}

/** Run strategies of KubeVirt under which its controller starts a failed VM again, and under which it does not. */
const STARTS_AGAIN: readonly string[] = ['Always', 'RerunOnFailure'];
const STAYS_STOPPED: readonly string[] = ['Manual', 'Once', 'Halted'];

/** Older VMs say `running: true` instead of a strategy. */
function runStrategyOf({ spec: { runStrategy, running } = {} }: VirtualMachine): string | undefined {
  return runStrategy ?? (running === undefined ? undefined : running ? 'Always' : 'Halted');
}

function fateOf(vm: VirtualMachine): Message<VmFate> {
  const runStrategy = runStrategyOf(vm);
  const isAmong = (strategies: readonly string[]): boolean => runStrategy !== undefined && strategies.includes(runStrategy);

  return { code: isAmong(STARTS_AGAIN) ? 'startsAgain' : isAmong(STAYS_STOPPED) ? 'staysStopped' : 'unknown', params: { runStrategy } };
}

/**
 * The VM that a pod runs, if it is a virt-launcher, and what becomes of it.
 *
 * @param virtualMachines those of the pod's namespace at least; undefined when they could not be read
 */
export function vmOfPod(pod: Pod, virtualMachines: readonly VirtualMachine[] | undefined): VmOfPod | undefined {
  const { namespace, vm: name } = podRef(pod);

  if (name === undefined) {
    return undefined;
  }
  const vm = virtualMachines?.find(({ metadata }) => metadata.name === name && metadata.namespace === namespace);

  return { namespace, name, fate: vm ? fateOf(vm) : { code: virtualMachines ? 'standalone' : 'unknown', params: { runStrategy: undefined } } };
}

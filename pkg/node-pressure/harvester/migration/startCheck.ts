import { KubeletError } from '../../kubelet/errors';
import type { Quantity } from '../../kubelet/quantity';
import { attempt } from '../amounts';
import { defaultQuota, LIMITS_CPU, LIMITS_MEMORY, VM_NAME } from './keys';
import { memoryOverhead } from './memoryOverhead';
import { limitOf, type LimitKey, namespaceLimits, type NamespaceLimits } from './namespaceLimits';
import type { Estimate } from './delta';
import type { LabelledPod, Namespace, ResourceQuota, VirtualMachine } from './objects';
import { quantityIn, ZERO } from './quantities';
import { totalRaise } from './raises';
import { raiseRatio } from './ratio';

export interface StartQuestion extends Estimate {
  readonly namespace: Namespace;
  readonly resourceQuotas: readonly ResourceQuota[];
  readonly pods: readonly LabelledPod[];
  readonly vm: VirtualMachine;
}

export interface StartCheck {
  /** The resource that the namespace's quota has too little of; CPU is looked at first. */
  readonly insufficient?: 'cpu' | 'memory';
  /** Why Harvester cannot tell, and keeps trying. */
  readonly error?: string;
  /** Harvester crashes over this VM: it has no limits, or the namespace's annotation is the word null. */
  readonly wouldPanic?: true;
}

/** Whether a VM is to be started and has no pod yet. */
function isStarting({ pods, vm }: StartQuestion): boolean {
  const { running, runStrategy } = vm.spec ?? {};
  const strategy = typeof running === 'boolean' ? (running ? 'Always' : 'Halted') : runStrategy ?? 'Halted';
  const { name, namespace } = vm.metadata ?? {};
  const isItsPod = ({ metadata }: LabelledPod): boolean => metadata?.labels?.[VM_NAME] === name && metadata?.namespace === namespace;

  return !!vm.status?.printableStatus && strategy !== 'Halted' && !pods.some(isItsPod);
}

/** Any limit that is no quantity, and one of Rancher's newer `extended` ones, makes the whole check fail. */
function requireReadable({ extended = {}, ...limits }: NamespaceLimits): void {
  (Object.keys(limits) as LimitKey[]).forEach((key) => limitOf(limits, key));
  if (Object.keys(extended).length > 0) {
    throw new KubeletError('extended is no text');
  }
}

/**
 * Whether the namespace's base quota has room for a VM about to start; what migrations have added does not count as
 * room, nor as use. The overhead is that of a VM with these limits and nothing else. Storage is another check's.
 * Follows CheckIfVMCanStartByResourceQuota in Harvester's pkg/util/resourcequota/calculator.go. Where that crashes, a VM
 * without limits asks for nothing, and the word null is no quota.
 * @throws KubeletError if an amount of the quota or the VM cannot be parsed
 */
export function startCheck(question: StartQuestion): StartCheck {
  const { namespace, resourceQuotas, vm } = question;

  if (typeof vm.spec?.running === 'boolean' && typeof vm.spec.runStrategy === 'string') {
    return { error: 'running and runstrategy are mutually exclusive' };
  }
  if (!isStarting(question)) {
    return {};
  }

  const { value: limits, error } = attempt(() => namespaceLimits(namespace));

  if (error !== undefined) {
    return { error };
  }
  if (limits === null) {
    return { wouldPanic: true };
  }

  const quota = defaultQuota(resourceQuotas);

  return limits && quota && (limits.limitsCpu || limits.limitsMemory || limits.requestsStorage) ? check(question, limits, quota) : {};
}

function check(question: StartQuestion, limits: NamespaceLimits, quota: ResourceQuota): StartCheck {
  const raise = attempt(() => totalRaise(quota));

  if (raise.error !== undefined) {
    return { error: raise.error };
  }

  const vmLimits = question.vm.spec?.template?.spec?.domain?.resources?.limits;
  const panic = vmLimits ? {} : { wouldPanic: true } as const;
  const { error } = attempt(() => requireReadable(limits));

  if (error !== undefined) {
    return { error, ...panic };
  }

  const stub = { spec: { domain: { resources: { limits: vmLimits ?? {} } } } };
  const { setting, ...options } = question;
  const overhead = vmLimits ? memoryOverhead(stub, { ...options, ratio: raiseRatio(setting) }) : ZERO;
  const lacks = (key: LimitKey, name: string, added: Quantity, need: Quantity): boolean => {
    const base = limitOf(limits, key);

    return !base.isZero() && base.sub(quantityIn(quota.status?.used, name).sub(added)).cmp(need) < 0;
  };
  const memoryNeed = quantityIn(vmLimits, 'memory').add(overhead);
  const lacksMemory = lacks('limitsMemory', LIMITS_MEMORY, raise.value.memory, memoryNeed);
  const insufficient = lacks('limitsCpu', LIMITS_CPU, raise.value.cpu, quantityIn(vmLimits, 'cpu')) ? 'cpu' : lacksMemory ? 'memory' : undefined;

  return { ...(insufficient && { insufficient }), ...panic };
}

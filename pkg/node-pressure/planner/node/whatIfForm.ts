/** The inputs of *What if*: amounts as people type them, and what they come to for the kubelet. */
import type { Message } from '../display';
import type { EvictionEntry } from './evictionOrder';
import type { SignalRow, SignalUnit } from './signalRows';
import type { Supposition, WhatIf } from './whatIf';

/** How an amount is typed: memory and disks in GiB, inodes and process ids one by one. */
export interface InputScale {
  readonly unit: SignalUnit;
  /** Of one, in the signal's unit. */
  readonly factor: number;
  readonly step: number;
  /** The signal's capacity. */
  readonly max: number;
}

/** What an admin has changed, as typed; what is absent stays as it is. */
export interface WhatIfChanges {
  /** 0 turns the signal off. */
  readonly threshold?: number;
  readonly minReclaim?: number;
  readonly used?: number;
  /** A pod by its uid, and the memory that it uses. */
  readonly podUid?: string;
  readonly podUsed?: number;
}

/** The values that the inputs show. */
export type WhatIfInputs = Required<Pick<WhatIfChanges, 'threshold' | 'minReclaim' | 'used'>>;

const GI = 2 ** 30;
/** How exactly GiB are shown: about 10 MiB. */
const DECIMALS = 2;
/** What the kubelet takes for "no threshold": a plain 0 would keep it from starting. */
const OFF = '0%';

/** Undefined where nothing can be supposed: there is no figure to start from, or none that can be true. */
export function inputScale({ unit, available, capacity, state }: SignalRow): InputScale | undefined {
  if (available === undefined || !capacity || state.code === 'badSample') {
    return undefined;
  }

  return unit === 'bytes' ? { unit, factor: GI, step: 0.25, max: typed(capacity, GI) } : { unit, factor: 1, step: 1, max: capacity };
}

/** An amount in the signal's unit as an input shows it. */
function typed(amount: number, factor: number): number {
  return factor === 1 ? amount : Number((amount / factor).toFixed(DECIMALS));
}

/** What the inputs show: changes, and otherwise what is. A hard threshold counts, or else a soft one, which is hard here. */
export function whatIfInputs({ available = 0, capacity = 0, hard, soft }: SignalRow, { factor }: InputScale, changes: WhatIfChanges): WhatIfInputs {
  const threshold = hard ?? soft;

  return {
    threshold:  changes.threshold ?? typed(threshold?.amount ?? 0, factor),
    minReclaim: changes.minReclaim ?? typed(threshold?.minReclaim?.amount ?? 0, factor),
    used:       changes.used ?? typed(capacity - available, factor),
  };
}

/** What a pod is shown to use of memory; undefined where that is not known. */
export function podUsed(summaryBytes: number | undefined, { podUsed: changed }: WhatIfChanges): number | undefined {
  return changed ?? (summaryBytes === undefined ? undefined : typed(summaryBytes, GI));
}

/** An amount as the kubelet takes it. */
function quantityText(amount: number, { factor }: InputScale): string {
  return String(Math.max(0, Math.round(amount * factor)));
}

/** What is supposed. What was not changed stays exactly as it is, not as it is shown. */
export function suppositionOf({ capacity = 0, hard, soft }: SignalRow, scale: InputScale, changes: WhatIfChanges): Supposition {
  const { threshold, minReclaim, used, podUid, podUsed: podAmount } = changes;
  const present = hard ?? soft;

  return {
    threshold:   threshold === undefined ? present?.setting ?? OFF : threshold > 0 ? quantityText(threshold, scale) : OFF,
    minReclaim:  minReclaim === undefined ? present?.minReclaim?.setting : quantityText(minReclaim, scale),
    available:   used === undefined ? undefined : Math.max(0, capacity - Math.round(used * scale.factor)),
    podUseBytes: podUid === undefined || podAmount === undefined ? undefined : { [podUid]: Math.round(podAmount * GI) },
  };
}

/**
 * What would follow, in one sentence; amounts in the signal's unit. `off` no threshold, nobody goes; `notMet` there is
 * still something to go; `goes` so many pods until the target is there; `notEnough` that many, and it is still too little.
 */
export function whatIfMessage({ order, available, target, isMet, victims, availableAfter, enough }: WhatIf): Message<'off' | 'notMet' | 'goes' | 'notEnough'> {
  const count = victims.length;
  const vms = order.filter(({ uid, vm }) => vm !== undefined && victims.includes(uid)).length;

  if (target === undefined) {
    return { code: 'off', params: { available } };
  }
  if (!isMet) {
    return { code: 'notMet', params: { available } };
  }

  return { code: enough ? 'goes' : 'notEnough', params: { count, vms, available, target, availableAfter } };
}

/** The pods whose use may be supposed: those that the kubelet may evict. */
export function choosablePods(order: readonly EvictionEntry[]): readonly Pick<EvictionEntry, 'uid' | 'namespace' | 'name' | 'vm'>[] {
  return order.filter(({ exempt, uid }) => !exempt && uid !== '');
}

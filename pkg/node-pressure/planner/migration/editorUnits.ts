import { unitOf } from './amountParam';
import type { AdvisedLimit } from './adviceReport';

const MI = 1n << 20n;
const THOUSAND = 1000;

/** The next amount that Rancher's quota editor can show: whole thousandths of a CPU, whole Mi. */
export function roundedUp(resource: string, amount: bigint): bigint {
  return unitOf(resource) === 'Bytes' ? (amount + MI - 1n) / MI * MI : amount;
}

/** An amount as Rancher writes it into the namespace: `4000m`, `4952Mi`. @param amount as roundedUp gives it */
export function textOf(resource: string, amount: bigint): string {
  switch (unitOf(resource)) {
  case 'Bytes': return `${ amount / MI }Mi`;
  case 'Milli': return `${ amount }m`;
  default: return `${ amount }`;
  }
}

function shown(resource: string, amount: bigint): string {
  return unitOf(resource) === 'Bytes' ? `${ Math.round(Number(amount) / Number(MI) * THOUSAND) / THOUSAND }` : `${ amount }`;
}

const UNITS = { Bytes: 'MiB', Milli: 'mCPUs', '': '' } as const;

/** What the editor's field shows before and after a change. */
export function editorOf(resource: string, from: bigint, to: bigint): AdvisedLimit['editor'] {
  return { from: shown(resource, from), to: shown(resource, to), unit: UNITS[unitOf(resource)] };
}

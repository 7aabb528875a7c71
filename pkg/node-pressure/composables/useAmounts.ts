import { amountMessage } from '../planner/node/detailCells';
import type { SignalUnit } from '../planner/node/signalRows';
import { useText } from './useText';

/** Prints amounts in the unit of a signal: bytes, inodes or process ids. Call in `setup`. */
export function useAmounts(): (unit: SignalUnit, amount: number) => string {
  const { say } = useText();

  return (unit, amount) => say('node.amount', amountMessage(unit, amount));
}

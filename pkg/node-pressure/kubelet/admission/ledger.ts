/** What a set of admitted pods takes of a node together. */

import { wrapInt64 } from '../quantityInteger';
import type { Candidate } from './candidate';
import type { Amounts } from './fit';

export class Ledger {
  private readonly members = new Set<Candidate>();
  private readonly totals = new Map<string, bigint>();

  /** In the order in which they were added. */
  get active(): readonly Candidate[] {
    return [...this.members];
  }

  get size(): number {
    return this.members.size;
  }

  /** The sums over all members. */
  get used(): Amounts {
    return this.totals;
  }

  has(candidate: Candidate): boolean {
    return this.members.has(candidate);
  }

  add(candidate: Candidate): void {
    if (!this.members.has(candidate)) {
      this.members.add(candidate);
      this.count(candidate, 1n);
    }
  }

  remove(candidate: Candidate): void {
    if (this.members.delete(candidate)) {
      this.count(candidate, -1n);
    }
  }

  private count(candidate: Candidate, sign: bigint): void {
    for (const [name, amount] of candidate.used) {
      this.totals.set(name, wrapInt64((this.totals.get(name) ?? 0n) + sign * amount));
    }
  }
}

import type { Candidate } from './candidate';

/** What a starting kubelet decides about one pod. `refused` is for pressure, `rejected` for lack of room. */
export type Turn = { readonly candidate: Candidate } & (
  | { readonly kind: 'terminating' }
  | { readonly kind: 'admitted'; readonly victims: readonly Candidate[]; readonly isAmbiguous: boolean }
  | { readonly kind: 'refused' | 'rejected'; readonly reason: string; readonly message: string }
);

/** From milli-CPUs to the kernel's cgroup values and back. Follows pkg/kubelet/cm/helpers_linux.go. */

import { int64FromFloat } from './go/int64';
import { wrapInt64 } from './quantityInteger';

/** The kernel's bounds of cpu.shares. */
export const MIN_SHARES = 2n;
export const MAX_SHARES = 262144n;

/** The CFS period in microseconds, 100 ms (another one needs the alpha gate CustomCPUCFSQuotaPeriod). */
export const QUOTA_PERIOD_MICROSECONDS = 100_000n;

const SHARES_PER_CPU = 1024n;
const MILLI_PER_CPU = 1000n;
const MIN_QUOTA_MICROSECONDS = 1000n;

/** `MilliCPUToShares`: cpu.shares for a request, between 2 and 262144; no request gives 2. */
export function milliCPUToShares(milliCPU: bigint): bigint {
  const shares = wrapInt64(milliCPU * SHARES_PER_CPU) / MILLI_PER_CPU;

  if (shares < MIN_SHARES) {
    return MIN_SHARES;
  }

  return shares > MAX_SHARES ? MAX_SHARES : shares;
}

/** `SharesToMilliCPU`: the smallest request that gives these shares, 0 below the kernel's minimum. */
export function sharesToMilliCPU(shares: bigint): bigint {
  return shares < MIN_SHARES ? 0n : int64FromFloat(Math.ceil(Number(wrapInt64(shares * MILLI_PER_CPU)) / Number(SHARES_PER_CPU)));
}

/** `MilliCPUToQuota`: cpu.cfs_quota_us in microseconds for a limit; at least 1 ms, and 0 (no quota) for no limit. */
export function milliCPUToQuota(milliCPU: bigint): bigint {
  if (milliCPU === 0n) {
    return 0n;
  }

  const quota = wrapInt64(milliCPU * QUOTA_PERIOD_MICROSECONDS) / MILLI_PER_CPU;

  return quota < MIN_QUOTA_MICROSECONDS ? MIN_QUOTA_MICROSECONDS : quota;
}

/** `QuotaToMilliCPU`: the limit behind a quota, cut to whole ones; the kernel's -1 thus gives 0 (none). */
export function quotaToMilliCPU(quotaMicroseconds: bigint): bigint {
  return wrapInt64(quotaMicroseconds * MILLI_PER_CPU) / QUOTA_PERIOD_MICROSECONDS;
}

/** The constants of KubeVirt's estimate that differ between its versions, in bytes. */
export interface OverheadConstants {
  /** virt-launcher-monitor, virt-launcher, virtlogd, virtqemud and qemu together. */
  readonly processBytes: bigint;
  /** Video RAM of a VM with a graphics device. */
  readonly videoBytes: bigint;
}

export const MI = 1n << 20n;

/** The minor version that current Harvester is built with; it also stands for a version that cannot be read. */
const CURRENT_MINOR = 8;

/**
 * The constants of a KubeVirt version such as `v1.8.3` (KubeVirt's status.observedKubeVirtVersion).
 * Follows pkg/virt-controller/services/template.go and renderresources.go of KubeVirt 1.1 to 1.7,
 * pkg/hypervisor/kvm/hypervisorbackend.go from 1.8 on, and for 1.9 its development branch.
 */
export function overheadConstants(version?: string): OverheadConstants {
  const minor = Number(/^v?1\.(\d+)/.exec(version ?? '')?.[1] ?? CURRENT_MINOR);
  const processes = minor >= 9 ? 240n : minor >= 5 ? 220n : 210n;

  return { processBytes: processes * MI, videoBytes: (minor >= 6 ? 32n : 16n) * MI };
}

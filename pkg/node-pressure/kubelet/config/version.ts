/** The newest minor version of Kubernetes 1 whose kubelet this follows; newer ones are taken for it. */
export const LATEST_MINOR = 36;
/** The oldest one; older ones are taken for it. */
export const OLDEST_MINOR = 30;

/** The minor version to follow for a kubelet: 34 for `v1.34.3+rke2r1`. What cannot be read counts as the newest. */
export function minorOf(kubeletVersion: string): number {
  const minor = /^v?1\.(\d+)/.exec(kubeletVersion)?.[1];

  return minor === undefined ? LATEST_MINOR : Math.min(Math.max(Number(minor), OLDEST_MINOR), LATEST_MINOR);
}

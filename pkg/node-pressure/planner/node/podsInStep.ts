import { uidInStats } from '../../kubelet/eviction/activePods';
import type { Pod } from '../../kubelet/pod';
import type { Summary } from '../../kubelet/summary';

const OVER: readonly unknown[] = ['Succeeded', 'Failed'];

/**
 * Whether a list of pods and the kubelet's figures speak of the same pods. A list from before a pod went would make that
 * one a pod without figures, which the kubelet would take first.
 */
export function arePodsInStep(pods: readonly Pod[], { pods: measured }: Summary): boolean {
  const known = new Set(pods.map(uidInStats));
  const figures = new Set(measured.map(({ podRef: { uid } }) => uid));
  const isAlive = ({ status }: Pod): boolean => !OVER.includes(status?.phase);

  return measured.every(({ podRef: { uid } }) => known.has(uid)) && pods.every((pod) => !isAlive(pod) || figures.has(uidInStats(pod) ?? ''));
}

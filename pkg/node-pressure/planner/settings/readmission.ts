/** Which pods of a node its kubelet would not admit again at its next start. */
import { attempt } from '../../harvester/amounts';
import { admitAtKubeletStart } from '../../kubelet/admission/restart';
import { strictestAllocatable } from '../../kubelet/allocatable';
import { finding, type Finding } from './finding';
import type { SettingsNode } from './node';
import type { NodeOutcome } from './outcome';
import { podRef } from './podRef';

/**
 * Findings on the pods that are already there: allocated requests must fit both the allocatable that a starting kubelet
 * may still find in the API and the new one. A pod whose fate is uncertain counts as lost.
 */
export function readmissionFindings({ pods, allocatable, pressures }: SettingsNode, after: NodeOutcome): Finding[] {
  const pressing = pressures.filter((pressure) => pressure !== 'MemoryPressure');
  const pressureFindings = pressing.length > 0 ? [finding('underPressure', undefined, { conditions: pressing.join(', ') })] : [];

  if (!pods) {
    return [...pressureFindings, finding('podsUnread')];
  }
  const { value: outcome, error } = attempt(() => admitAtKubeletStart(pods, strictestAllocatable(allocatable, after.allocatable), pressures));

  if (!outcome) {
    return [...pressureFindings, finding('podsUnread', undefined, { kubeletText: error })];
  }
  const lost = new Set([...outcome.rejected.map(({ pod }) => pod), ...outcome.preempted, ...outcome.uncertain]);

  return [...pressureFindings, ...(lost.size > 0 ? [finding('notReadmitted', undefined, { count: lost.size }, { pods: [...lost].map(podRef) })] : [])];
}

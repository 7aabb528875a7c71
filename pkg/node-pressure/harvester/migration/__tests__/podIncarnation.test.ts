import type { VirtualMachineInstance } from '../objects';
import { podIncarnation } from '../podIncarnation';

const status = (more: VirtualMachineInstance['status'] = {}): VirtualMachineInstance => ({ metadata: { uid: 'u', resourceVersion: '1' }, status: { phase: 'Running', nodeName: 'n', ...more } });
const plain = podIncarnation(status());

it.each<VirtualMachineInstance>([
  {},
  status({ phase: 'Scheduling' }),
  status({ nodeName: 'm' }),
  status({ migrationState: { migrationUid: '1' } }),
  status({ activePods: { 'pod-uid': 'n' } }),
  status({ volumeStatus: [{ hotplugVolume: {} }, {}] }),
])('changes with %j', (other) => {
  expect(podIncarnation(other)).not.toBe(plain);
});

it('does not change with every note of the guest agent', () => {
  expect(podIncarnation({ ...status(), metadata: { uid: 'u', resourceVersion: '2' } })).toBe(plain);
});

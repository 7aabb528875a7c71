import { readableSettings } from '../adopt';
import { cloudInitContents } from '../contents';
import { MEMORY_EVICTION } from './builders';

const OURS = cloudInitContents({ settings: MEMORY_EVICTION, minimumMemoryKib: 1 });

it('reads what somebody changed in our contents', () => {
  expect(readableSettings(OURS)).toStrictEqual(MEMORY_EVICTION);
  expect(readableSettings(OURS.replace('memory.available<6Gi', 'memory.available<9Gi'))).toStrictEqual({ ...MEMORY_EVICTION, evictionHard: { ...MEMORY_EVICTION.evictionHard, 'memory.available': '9Gi' } });
});

it('reads arguments however they are quoted, and leaves CPU to Harvester', () => {
  const contents = [
    'kubelet-arg+:', '- eviction-max-pod-grace-period=120', "- 'eviction-pressure-transition-period=5m'", '- "system-reserved=cpu=1,memory=1Gi"', '- kube-reserved=cpu=200m', '- max-pods=200', '# - eviction-hard=memory.available<1Gi',
  ].join('\n');

  expect(readableSettings(contents)).toStrictEqual({ evictionMaxPodGracePeriod: 120, evictionPressureTransitionPeriod: '5m', systemReserved: { memory: '1Gi' } });
});

it.each([['nothing of ours', 'stages: {}'], ['what no kubelet understands', '- "eviction-max-pod-grace-period=soon"']])('reads nothing out of %s', (_, contents) => {
  expect(readableSettings(contents)).toBeUndefined();
});

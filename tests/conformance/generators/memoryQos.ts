import type { Input } from '../protocol';
import type { Random } from './random';
import { anyAmount, maybe, memoryText } from './requests';

function size(random: Random): string {
  return random.pick([memoryText(random), `${ random.int(1, 8192) }Mi`, String(random.int(1, 2 ** 36)), random.chance(0.1) ? anyAmount(random) : '1Gi']);
}

function question(random: Random): Input {
  const request = maybe(random, 0.75, () => size(random));

  return {
    op:              'memoryQoS.container',
    request,
    limit:           maybe(random, 0.7, () => (request !== undefined && random.chance(0.3) ? request : size(random))),
    nodeAllocatable: maybe(random, 0.95, () => random.pick([random.int(1, 256) * 2 ** 30, random.int(1, 2 ** 38), 0])),
    factor:          random.pick([0.9, 0.9, 1, 0.5, 0.8, 0.01, random.int(1, 999_999) / 1_000_000]),
    policy:          random.pick(['None', 'TieredReservation', 'TieredReservation']),
    guaranteed:      random.chance(0.3),
    pageSize:        4096,
  };
}

export const generators: Record<string, (random: Random) => Input> = { 'memoryQoS.container': question };

/** From the tables of pkg/kubelet/kuberuntime/kuberuntime_container_linux_test.go. */
export const corners: readonly Input[] = ['128Mi', '2000M'].map((limit) => (
  { op: 'memoryQoS.container', limit, nodeAllocatable: 8 * 2 ** 30, factor: 0.9, policy: 'None', guaranteed: false, pageSize: 4096 }
));

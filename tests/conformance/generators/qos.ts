import type { Input } from '../protocol';
import type { Random } from './random';
import { cpuText, maybe, memoryText } from './requests';

const CLASSES = ['', 'system-node-critical', 'system-cluster-critical', 'longhorn-critical'];
const PRIORITIES = [0, 1000, 1_999_999_999, 2_000_000_000, 2_000_001_000];

/** Limits as large as the requests often enough that pods are Guaranteed. */
function resources(random: Random): Input {
  const memoryRequest = maybe(random, 0.8, () => memoryText(random));
  const cpuRequest = maybe(random, 0.6, () => cpuText(random));
  const limit = (request: string | undefined, other: (random: Random) => string) => maybe(random, 0.6, () => (random.chance(0.7) && request !== undefined ? request : other(random)));

  return { memoryRequest, cpuRequest, memoryLimit: limit(memoryRequest, memoryText), cpuLimit: limit(cpuRequest, cpuText) };
}

function question(random: Random): Input {
  return {
    op:                       'qos.oomScoreAdj',
    kind:                     random.pick(['container', 'container', 'sidecar']),
    ...resources(random),
    capacity:                 random.chance(0.5) ? random.int(1, 64) * 2 ** 30 : random.int(1, 2 ** 40),
    priority:                 maybe(random, 0.3, () => random.pick(PRIORITIES)),
    priorityClassName:        random.pick(CLASSES),
    static:                   random.chance(0.1),
    regularContainerRequests: Array.from({ length: random.pick([0, 0, 1, 2, 3]) }, () => memoryText(random)),
    podLevelMemoryRequest:    maybe(random, 0.2, () => memoryText(random)),
  };
}

export const generators: Record<string, (random: Random) => Input> = { 'qos.oomScoreAdj': question };

export const corners: readonly Input[] = ['0', '64Mi', '256Mi', '1Gi', '1.5Gi', '4Gi', '64Gi'].map((memoryRequest) => (
  { op: 'qos.oomScoreAdj', kind: 'container', memoryRequest, cpuRequest: '1', capacity: 4 * 2 ** 30 }
));

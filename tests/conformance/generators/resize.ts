import type { Input, Output } from '../protocol';
import type { Random } from './random';
import { RESIZE_POLICIES, validateCorners, validateQuestion } from './resizePods';
import { cpuText, maybe, memoryText, present } from './requests';

function resources(random: Random): Record<string, string> {
  return present({
    cpu:    maybe(random, 0.75, () => (random.chance(0.8) ? `${ random.int(1, 6) }00m` : cpuText(random))),
    memory: maybe(random, 0.75, () => (random.chance(0.8) ? `${ random.int(1, 6) }Gi` : memoryText(random))),
  });
}

function requirements(random: Random): Input {
  return { requests: maybe(random, 0.85, () => resources(random)), limits: maybe(random, 0.7, () => resources(random)) };
}

function resizedContainer(random: Random, index: number): Input {
  const desired = requirements(random);

  return {
    name:         `c${ index }`,
    state:        random.pick(['running', 'running', 'running', 'running', 'exited', 'created']),
    resizePolicy: present({ cpu: maybe(random, 0.4, () => random.pick(RESIZE_POLICIES)), memory: maybe(random, 0.4, () => random.pick(RESIZE_POLICIES)) }),
    desired,
    actuated:     random.chance(0.2) ? desired : requirements(random),
  };
}

function bytes(random: Random): number {
  return random.chance(0.8) ? random.int(1, 6) * 100 : random.int(1, 2 ** 36);
}

/** A use of the container that is known needs one of the pod: a kubelet crashes where that is missing. */
function decreaseQuestion(random: Random): Input {
  const podUsage = maybe(random, 0.9, () => bytes(random));

  return {
    op:               'resize.validateDecrease',
    desired:          { limit: maybe(random, 0.85, () => bytes(random)) },
    current:          { limit: maybe(random, 0.85, () => bytes(random)) },
    desiredPodMemory: maybe(random, 0.7, () => bytes(random)),
    currentPodMemory: maybe(random, 0.85, () => bytes(random)),
    podUsage,
    containerUsage:   podUsage === undefined ? undefined : maybe(random, 0.9, () => bytes(random)),
  };
}

export const generators: Record<string, (random: Random) => Input> = {
  'resize.action': (random) => ({
    op:         'resize.action',
    containers: Array.from({ length: random.int(1, 5) }, (_, index) => resizedContainer(random, index)),
  }),
  'resize.validateDecrease': decreaseQuestion,
  'resize.validate':         validateQuestion,
};

export const corners = validateCorners;

/** Errors about the entries of one list come in the order of a Go map. */
export const normalisers: Record<string, (output: Output) => Output> = {
  'resize.validate': (output) => (Array.isArray(output.errors) ? { ...output, errors: [...output.errors].sort() } : output),
};

import { updateContainerFsThresholds } from '../../../pkg/node-pressure/kubelet/containerFs';
import { formatDuration } from '../../../pkg/node-pressure/kubelet/go/duration';
import { formatFloat64 } from '../../../pkg/node-pressure/kubelet/go/float';
import { compareStrings } from '../../../pkg/node-pressure/kubelet/go/strings';
import { parseQuantity } from '../../../pkg/node-pressure/kubelet/quantity';
import { getThresholdQuantity, parseThresholdConfig, type Threshold, type ThresholdValue } from '../../../pkg/node-pressure/kubelet/thresholds';
import { flag, text, textList, textMap } from '../fields';
import type { Input, Operation, Output } from '../protocol';

/** Upstream drops the two that would never or always evict; asked for their quantity, they are exact shares. */
const EXACT_SHARES: Readonly<Record<string, number>> = { '0%': 0, '100%': 1 };

/** Enough digits to tell every float32 from its neighbours. */
const FLOAT32_DIGITS = 9;

export function parseThresholds(input: Input): Threshold[] {
  return parseThresholdConfig(textList(input.enforceNodeAllocatable), {
    evictionHard:            textMap(input.evictionHard),
    evictionSoft:            textMap(input.evictionSoft),
    evictionSoftGracePeriod: textMap(input.evictionSoftGracePeriod),
    evictionMinimumReclaim:  textMap(input.evictionMinimumReclaim),
  });
}

/** A float32 as Go prints it: the fewest digits that read back the same. */
function formatFloat32(value: number): string {
  if (!Number.isFinite(value)) {
    return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
  }

  let digits = 1;

  while (digits < FLOAT32_DIGITS && Math.fround(Number(value.toPrecision(digits))) !== value) {
    digits++;
  }

  return Object.is(value, -0) ? '-0' : formatFloat64(Number(value.toPrecision(digits)));
}

function describeValue({ quantity, percentage }: ThresholdValue): Output {
  return quantity ? { quantity: quantity.toString(), value: String(quantity.value()) } : { percentageFloat32: formatFloat32(percentage) };
}

/** Sorted by signal, hard before soft: upstream's order comes from Go's maps. */
function describe(thresholds: readonly Threshold[]): Output {
  return {
    thresholds: [...thresholds].sort((a, b) => compareStrings(a.signal, b.signal)).map(({ signal, operator, value, gracePeriod, minReclaim }) => ({
      signal,
      operator,
      value:       describeValue(value),
      gracePeriod: formatDuration(gracePeriod),
      ...minReclaim ? { minReclaim: describeValue(minReclaim) } : {},
    })),
  };
}

function percentageValue(percentage: string): ThresholdValue {
  const share = EXACT_SHARES[percentage];

  if (share !== undefined) {
    return { percentage: share };
  }

  const [threshold] = parseThresholds({ evictionHard: { 'memory.available': percentage } });

  return (threshold as Threshold).value;
}

export const ops: Record<string, Operation> = {
  'thresholds.parse':    (input) => describe(parseThresholds(input)),
  'thresholds.quantity': ({ percentage, capacity }) => {
    const whole = parseQuantity(text(capacity));
    const quantity = getThresholdQuantity(percentageValue(text(percentage)), whole);

    return { threshold: String(quantity.value()), string: quantity.toString() };
  },
  'thresholds.updateContainerFs': (input) => {
    return describe(updateContainerFsThresholds(parseThresholds(input), flag(input.imageFs), flag(input.separateContainerImageFs)).thresholds);
  },
};

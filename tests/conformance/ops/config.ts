import { aggregate } from '../../../pkg/node-pressure/kubelet/config/aggregate';
import { decodeStruct } from '../../../pkg/node-pressure/kubelet/config/decode';
import { defaultConfiguration } from '../../../pkg/node-pressure/kubelet/config/defaults';
import { toJson } from '../../../pkg/node-pressure/kubelet/config/json';
import { loadKubeletConfiguration } from '../../../pkg/node-pressure/kubelet/config/load';
import { SCHEMA } from '../../../pkg/node-pressure/kubelet/config/schema';
import { settle } from '../../../pkg/node-pressure/kubelet/config/settle';
import type { KubeletConfiguration } from '../../../pkg/node-pressure/kubelet/config/types';
import { validateKubeletConfiguration } from '../../../pkg/node-pressure/kubelet/config/validate';
import { formatDuration } from '../../../pkg/node-pressure/kubelet/go/duration';
import { KubeletError } from '../../../pkg/node-pressure/kubelet/errors';
import { text, textList, textMap } from '../fields';
import type { Operation, Output } from '../protocol';

/** What the kubelet prints for the configuration it refuses. */
const REFUSED = 'path: &TypeMeta{Kind:,APIVersion:,}';

function describe(configuration: KubeletConfiguration): Output {
  const {
    enforceNodeAllocatable, evictionHard, evictionSoft, evictionSoftGracePeriod, evictionMinimumReclaim, evictionMaxPodGracePeriod, evictionPressureTransitionPeriod,
    systemReserved, kubeReserved, maxPods, failSwapOn, imageGCHighThresholdPercent, imageGCLowThresholdPercent, mergeDefaultEvictionSettings, memorySwap: { swapBehavior },
  } = configuration;

  return {
    enforceNodeAllocatable, evictionHard, evictionSoft, evictionSoftGracePeriod, evictionMinimumReclaim, evictionMaxPodGracePeriod, systemReserved, kubeReserved, maxPods,
    failSwapOn, imageGCHighThresholdPercent, imageGCLowThresholdPercent, mergeDefaultEvictionSettings,
    evictionPressureTransitionPeriod: formatDuration(evictionPressureTransitionPeriod),
    memorySwap:                       swapBehavior === '' ? {} : { swapBehavior },
  };
}

export const ops: Record<string, Operation> = {
  'config.load': ({ configFile, dropIns, args }) => {
    const files = textMap(dropIns);
    const configuration = loadKubeletConfiguration({
      configFile: text(configFile), dropIns: files && Object.keys(files).length > 0 ? files : undefined, args: textList(args)
    });
    const errors = validateKubeletConfiguration(configuration);

    if (errors.length > 0) {
      throw new KubeletError(`failed to validate kubelet configuration, error: ${ aggregate(errors) }, ${ REFUSED }`);
    }

    return { result: describe(configuration) };
  },
  // Go names differ from those in JSON by case alone, as far as validation looks at the fields
  'config.validate': ({ set }) => {
    const fields = decodeStruct(SCHEMA, toJson(set ?? null), { ...defaultConfiguration() }, 'anyCase', 'KubeletConfiguration');

    return { error: aggregate(validateKubeletConfiguration(settle(fields))) };
  },
};

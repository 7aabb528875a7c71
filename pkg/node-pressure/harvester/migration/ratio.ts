import { KubeletError } from '../../kubelet/errors';
import { parseFloat64 } from '../../kubelet/go/float';
import { attempt } from '../amounts';
import type { KubeVirt } from './kubevirt';
import type { Setting } from './objects';

/** Harvester's default of the setting `additional-guest-memory-overhead-ratio`. */
export const DEFAULT_RATIO = '1.5';

const MIN_RATIO = 1;
const MAX_RATIO = 10;

/**
 * The ratio that a text stands for, 0 for an empty one. Anything that Go's ParseFloat reads counts ("1_0" is 10).
 * Follows NewAdditionalGuestMemoryOverheadRatioConfig in Harvester's pkg/settings/settings_helper.go, which like this
 * lets NaN pass.
 * @throws KubeletError with Harvester's text for what is no number, and outside 0 and 1 to 10
 */
export function parseRatio(text: string): number {
  if (text === '') {
    return 0;
  }

  const { value: ratio, error } = attempt(() => parseFloat64(text));

  if (ratio === undefined) {
    throw new KubeletError(`value ${ text } can't be converted to float64, error:${ error }`);
  }
  if (ratio < MIN_RATIO && ratio !== 0) {
    throw new KubeletError(`value ${ text } can't be less than ${ MIN_RATIO }`);
  }
  if (ratio > MAX_RATIO) {
    throw new KubeletError(`value ${ text } can't be greater than ${ MAX_RATIO }`);
  }

  return ratio;
}

/** What a setting says: its value, else its default. */
export function settingText(setting: Setting | null | undefined): string {
  return setting?.value || setting?.default || '';
}

/** Whether the setting multiplies the overhead: it is there, valid and not 0. Undefined instead of a setting is none. */
export function hasRatio(setting: Setting | null | undefined): boolean {
  return (attempt(() => parseRatio(settingText(setting))).value ?? 0) !== 0;
}

/**
 * The ratio by which Harvester raises quotas. Where the setting is missing, 0 or invalid it takes its default, while
 * KubeVirt then multiplies by nothing: the raise is larger than needed.
 * Follows GetAdditionalGuestMemoryOverheadRatioWithoutError in Harvester's pkg/util/setting.go.
 */
export function raiseRatio(setting: Setting | null | undefined): string {
  return hasRatio(setting) ? settingText(setting) : DEFAULT_RATIO;
}

/**
 * The ratio by which KubeVirt multiplies a launcher's overhead: its own configuration, which Harvester keeps like the
 * setting. Undefined: it multiplies by nothing.
 */
export function launcherRatio(kubevirt: KubeVirt | null | undefined, setting: Setting | null | undefined): string | undefined {
  return kubevirt ? kubevirt.spec?.configuration?.additionalGuestMemoryOverheadRatio ?? undefined : hasRatio(setting) ? settingText(setting) : undefined;
}

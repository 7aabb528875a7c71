import { encodeStruct } from '../../../pkg/node-pressure/kubelet/config/encode';
import { SCHEMA } from '../../../pkg/node-pressure/kubelet/config/schema';
import type { KubeletConfiguration } from '../../../pkg/node-pressure/kubelet/config/types';
import { minorOf } from '../../../pkg/node-pressure/kubelet/config/version';
import { isRecord } from '../store/objects';

/** Since when the answer says what it is. */
const TYPED_SINCE = 36;

/** Go's integers as JSON numbers: none of the kubelet's settings is beyond 2^53. */
function plain(value: unknown): unknown {
  if (typeof value === 'bigint') {
    return Number(value);
  }
  if (Array.isArray(value)) {
    return value.map(plain);
  }

  return isRecord(value) ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)])) : value;
}

/** The answer of `/configz`. */
export function configz(configuration: KubeletConfiguration, kubernetesVersion: string): Record<string, unknown> {
  const typeMeta = minorOf(kubernetesVersion) >= TYPED_SINCE ? { kind: 'KubeletConfiguration', apiVersion: 'kubelet.config.k8s.io/v1beta1' } : {};

  return { kubeletconfig: { ...(plain(encodeStruct(SCHEMA, configuration)) as Record<string, unknown>), ...typeMeta } };
}

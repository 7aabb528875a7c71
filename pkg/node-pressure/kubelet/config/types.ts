import type { Decoded } from './kinds';
import type { SCHEMA } from './schema';

/**
 * A kubelet's configuration with its defaults set, every field by its name in JSON. This is the kubelet's internal
 * type (pkg/kubelet/apis/config/types.go): null is left only where Go has a nil map, slice or pointer.
 */
export type KubeletConfiguration = Decoded<typeof SCHEMA>;

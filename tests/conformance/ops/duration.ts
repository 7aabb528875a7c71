import { formatDuration, parseDuration } from '../../../pkg/node-pressure/kubelet/go/duration';
import { text } from '../fields';
import type { Operation } from '../protocol';

export const ops: Record<string, Operation> = {
  'duration.parse': ({ input }) => {
    const duration = parseDuration(text(input));

    return { nanoseconds: String(duration), string: formatDuration(duration) };
  },
};

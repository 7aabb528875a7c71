import { parseResourceList } from '../../../pkg/node-pressure/kubelet/resourceList';
import { textMap } from '../fields';
import type { Operation } from '../protocol';

export const ops: Record<string, Operation> = {
  'resourceList.parse': ({ input }) => {
    const list = parseResourceList(textMap(input));

    return { result: list && Object.fromEntries(Object.entries(list).map(([name, quantity]) => [name, quantity.toString()])) };
  },
};

import fc from 'fast-check';
import { KubeletError } from '../errors';
import type { StringMap } from '../flags';
import { parseResourceList } from '../resourceList';

/** parseResourceList in cmd/kubelet/app/server.go; the same cases were executed on 1.36.3. */
describe('parseResourceList', () => {
  it('reads what can be reserved', () => {
    const list = parseResourceList({ cpu: '480m', memory: '1.5Gi', 'ephemeral-storage': '0', pid: '1000' });

    expect(Object.entries(list ?? {}).map(([name, quantity]) => [name, quantity.toString()])).toEqual([
      ['cpu', '480m'], ['ephemeral-storage', '0'], ['memory', '1536Mi'], ['pid', '1k'],
    ]);
  });

  it.each([null, {}])('has nothing for %j', (map) => {
    expect(parseResourceList(map)).toBeNull();
  });

  it.each<[string, StringMap, string]>([
    ['an unknown resource', { memry: '1Gi' }, 'cannot reserve "memry" resource'],
    ['a plural', { pids: '1' }, 'cannot reserve "pids" resource'],
    ['an unknown unit', { memory: '2GiB' }, 'failed to parse quantity "2GiB" for "memory" resource: quantities must match the regular expression \'^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$\''],
    ['a percentage', { memory: '10%' }, 'failed to parse quantity "10%" for "memory" resource: quantities must match the regular expression \'^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$\''],
    ['less than nothing, as written', { memory: '-1.0Gi' }, 'resource quantity for "memory" cannot be negative: -1.0Gi'],
    ['the first of several by name', { memory: '-1', cpu: '-1' }, 'resource quantity for "cpu" cannot be negative: -1'],
  ])('refuses %s', (_, map, message) => {
    expect(() => parseResourceList(map)).toThrow(new KubeletError(message));
  });

  it('throws nothing but KubeletError', () => {
    fc.assert(fc.property(fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('cpu', 'memory')), fc.string()), (map) => {
      try {
        parseResourceList(map);
      } catch (error) {
        expect(error).toBeInstanceOf(KubeletError);
      }
    }));
  });
});

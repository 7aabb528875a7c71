/** @jest-environment node */
import { FORBIDDEN } from '../../__tests__/fixtures';
import { UNREAD } from '../../reading';
import { namespaceUses, type NamespaceReadings } from '../namespaceUses';

const sample = <T>(value: T) => ({ sample: { value, readAtMilliseconds: 1 } });
const namespace = (name: string) => ({ metadata: { name } });
const READ: NamespaceReadings = {
  namespaces:  ['kube-system', 'prod', 'shop', 'free'].map(namespace),
  vms:         [{ metadata: { namespace: 'prod' } }, { metadata: {} }],
  plainPods:   (name) => sample(name === 'shop'),
  quotas:      sample(new Set(['shop'])),
  limitRanges: sample(new Set(['prod'])),
};

describe('what runs in namespaces', () => {
  it('is told of those that are somebody’s', () => {
    expect(namespaceUses(READ)).toStrictEqual({
      uses: [
        { name: 'prod', hasVms: true, hasContainers: false, hasMemoryLimits: true },
        { name: 'shop', hasVms: false, hasContainers: true, hasMemoryLimits: true },
        { name: 'free', hasVms: false, hasContainers: false, hasMemoryLimits: false },
      ],
    });
  });

  it.each<Partial<NamespaceReadings>>([
    { namespaces: undefined }, { vms: undefined }, { quotas: UNREAD }, { limitRanges: UNREAD }, { plainPods: (name) => (name === 'free' ? UNREAD : sample(true)) },
  ])('is not known before everything is read: %j', (change) => {
    expect(namespaceUses({ ...READ, ...change })).toStrictEqual({});
  });

  it.each<Partial<NamespaceReadings>>([
    { quotas: { failure: FORBIDDEN } }, { limitRanges: { failure: FORBIDDEN } }, { plainPods: () => ({ failure: FORBIDDEN }) },
  ])('may not be known at all: %j', (change) => {
    expect(namespaceUses({ ...READ, ...change })).toStrictEqual({ failure: FORBIDDEN });
  });

  it('goes by what was read before a failure', () => {
    expect(namespaceUses({ ...READ, quotas: { ...READ.quotas, failure: FORBIDDEN } }).uses).toHaveLength(3);
  });
});

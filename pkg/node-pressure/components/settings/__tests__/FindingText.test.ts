import { finding, FINDING_CODES } from '../../../planner/settings/finding';
import FindingText from '../FindingText.vue';
import { open } from './dashboard';

const PARAMS = { key: 'memory.available', text: '6GiB', signal: 'memory.available', available: 5n * 2n ** 30n, threshold: 6n * 2n ** 30n, soft: 1n, hard: 2n, grace: '0s', withheldBytes: 1n, capacityBytes: 2n, usedBytes: 3n, limitBytes: 4n, conditions: 'DiskPressure', count: 2, names: 'zone=%', more: 1 };

it.each(FINDING_CODES)('%s says what is the matter and how to mend it', (code) => {
  const { wrapper, text } = open(FindingText, { finding: finding(code, undefined, PARAMS) });

  // The harness throws for a text that is missing
  expect(text(`np-finding-${ code }`).length).toBeGreaterThan(30);
  expect(text(`np-finding-${ code }`)).not.toMatch(/[{}]|undefined/);
  wrapper.unmount();
});

it('prints amounts of a signal in its unit, and a grace period only where there is one', () => {
  expect(open(FindingText, { finding: finding('evictsNow', undefined, PARAMS) }).text('np-finding-evictsNow')).toContain('memory.available stands at 5 GiB, which is below 6 GiB: pods would be stopped as soon as the kubelet runs with it.');
  expect(open(FindingText, { finding: finding('evictsNow', undefined, { ...PARAMS, grace: '30s' }) }).text('np-finding-evictsNow')).toContain('runs with it and the grace period of 30s is over.');
});

describe('the nodes and pods that it is about', () => {
  const pods = [{ namespace: 'prod', name: 'virt-launcher-db-1', vm: 'db-1' }, ...Array.from({ length: 24 }, (_, index) => ({ namespace: 'shop', name: `web-${ index }` }))];
  const found = finding('notReadmitted', undefined, { kubeletText: 'Node didn’t have enough resource: memory' }, { nodes: ['a', 'b', 'c', 'd', 'e', 'f', 'g'], pods });

  it('are named, VMs by their own name, too many of them counted', () => {
    const text = open(FindingText, { finding: found }).text('np-finding-notReadmitted');

    expect(text).toContain('On a, b, c, d, e and 2 more.');
    expect(text).toContain('The kubelet’s words: Node didn’t have enough resource: memory');
    expect(text).toContain('VMprod/db-1');
    expect(text).not.toContain('virt-launcher');
    expect(text).toContain('shop/web-18');
    expect(text).toContain('and 5 more');
  });

  it('are left to the summary beside an input', () => {
    const text = open(FindingText, { finding: found, compact: true }).text('np-finding-notReadmitted');

    expect(text).toContain('On a, b');
    expect(text).not.toContain('db-1');
  });
});

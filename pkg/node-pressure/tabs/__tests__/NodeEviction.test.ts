import { axe } from 'jest-axe';
import { nodeOf } from '../../planner/node/__tests__/pods';
import { node, RKE2_DEFAULTS } from '../../planner/__tests__/fixtures';
import { EVICTION_TAB } from '../../product';
import { MEASURED, open, part, settle, setVisibility, useNodeTab, type Scene } from './scene';

useNodeTab();

describe('a node that answers', () => {
  it('tells how far each signal is from evicting, and which memory decides', async() => {
    const tab = await open();

    expect(part(tab, 'np-signal-memory.available')).toMatch(/14 GiB of 64 GiB.*6 GiB to go.*Hard below 6Gi \(6 GiB\).*Soft below 8Gi \(8 GiB\) for 1m30s.*Clear/s);
    expect(part(tab, 'np-signal-pid.available')).toMatch(/900 process IDs of 1,000 process IDs.*Off: nothing happens before process IDs run out/s);
    expect(part(tab, 'np-smaller-margin')).toMatch(/^Memory: \S+ GiB to go\. \S+ is the smaller margin/);
    expect(tab.wrapper.findAll('[data-testid^="np-node-notice"]')).toHaveLength(0);
  });

  it('makes a finding of a missing memory threshold', async() => {
    const tab = await open({ answers: { configz: { kubeletconfig: RKE2_DEFAULTS } } });

    expect(part(tab, 'np-signal-memory.available')).toContain('Off: nothing happens before the OOM killer.');
  });

  it('tells who goes first and why, and what that means for a VM', async() => {
    const tab = await open();
    const first = tab.wrapper.find('[data-testid="np-section-order"] tbody tr');

    expect(first.text()).toMatch(/1.*VM.*prod\/db-1.*Uses 3 GiB more than it requests; priority 0.*Stopped abruptly, not migrated\. Stays stopped \(run strategy Manual\)/s);
    expect(first.find('a').attributes('href')).toBe('/harvester/c/c-1/kubevirt.io.virtualmachine/prod/db-1');
    expect(tab.wrapper.find('details').text()).toMatch(/1 pod is never evicted.*prod\/vital: Critical priority 2,000,000,000/s);
  });

  it('tells another order for another resource', async() => {
    const tab = await open();

    await tab.wrapper.find('select').setValue('pid');
    expect(tab.wrapper.find('[data-testid="np-section-order"] tbody').text()).toContain('Runs 0 processes');
  });

  it('tells where its memory goes', async() => {
    const tab = await open();

    expect(part(tab, 'np-part-systemReserved')).toMatch(/system-reserved\s*2 GiB/);
    expect(part(tab, 'np-part-hardEviction')).toMatch(/6 GiB/);
    expect(part(tab, 'np-system-use')).toBe('Reserved 2 GiB, uses 10 GiB outside of pods: 8 GiB too small.');
    expect(part(tab, 'np-worst-case')).toContain('it fits');
  });

  it('tells the configuration and who sets it', async() => {
    const tab = await open({ node: { ...node(), metadata: { ...node().metadata, annotations: { 'rke2.io/node-args': '["server","--kubelet-arg","system-reserved=memory=2Gi"]' } } } });

    expect(part(tab, 'np-configuration-systemReserved-memory')).toMatch(/2Gi\s*Another file or flag/);
    expect(part(tab, 'np-configuration-evictionHard-pid.available')).toContain('Not set');
  });

  it('takes the node that Explorer hands over', async() => {
    const tab = await open({ node: undefined, resource: node() });

    expect(part(tab, 'np-signal-memory.available')).toContain('14 GiB of 64 GiB');
  });

  it('has no accessibility violation', async() => {
    const tab = await open();

    jest.useRealTimers();
    expect((await axe(tab.wrapper.element)).violations).toStrictEqual([]);
  });

  it('shows hostile names as text', async() => {
    const hostile = '<img src=x onerror=alert(1)>';
    const { pods, summary } = nodeOf({ [hostile]: { usesGi: 1 } }, MEASURED.summary.node);
    const tab = await open({ answers: { pods: { items: pods }, summary } });

    expect([tab.wrapper.find('img').exists(), tab.wrapper.text().includes(hostile)]).toStrictEqual([false, true]);
  });
});

describe('reading', () => {
  const exact = ({ requests }: Scene): string[] => requests.filter((url) => url.includes('/proxy/'));

  it('does not begin before the tab is shown', async() => {
    const tab = await open({ hash: '#basics' });

    await settle(600_000);
    expect(tab.requests).toStrictEqual([]);
    await tab.router.replace({ hash: `#${ EVICTION_TAB }` });
    await settle();
    expect(exact(tab)).toHaveLength(2);
    expect(tab.requests.filter((url) => url.includes('metrics'))).toStrictEqual([]);
  });

  it('stops while another tab or window is shown, and goes on afterwards', async() => {
    const tab = await open();

    setVisibility('hidden');
    const before = tab.requests.length;

    await settle(600_000);
    expect(tab.requests).toHaveLength(before);
    setVisibility('visible');
    await settle();
    expect(tab.requests.length).toBeGreaterThan(before);
  });

  it('asks at most once in ten seconds, for the configuration once a minute, and only for pods of this node', async() => {
    const tab = await open();

    tab.requests.length = 0;
    await settle(60_000);
    expect(tab.requests.filter((url) => url.endsWith('summary')).length).toBeLessThanOrEqual(6);
    expect(tab.requests.filter((url) => url.endsWith('configz')).length).toBeLessThanOrEqual(1);
    expect(tab.requests.filter((url) => url.includes('/events?')).length).toBeLessThanOrEqual(3);
    expect(new Set(tab.requests.filter((url) => url.includes('/api/v1/pods')))).toStrictEqual(new Set(['/k8s/clusters/c-1/api/v1/pods?fieldSelector=spec.nodeName%3Dnode-1']));
  });

  it('keeps that distance when the tab is shown and hidden, and the node flaps', async() => {
    const tab = await open();

    tab.requests.length = 0;
    for (let second = 0; second < 9; second++) {
      setVisibility('hidden');
      tab.state.node = node({ ready: second % 2 ? 'True' : 'False' });
      setVisibility('visible');
      await settle(1_000);
    }
    expect(exact(tab)).toStrictEqual([]);
  });

  it('asks for pods again as soon as the kubelet speaks of others', async() => {
    const tab = await open();
    const { pods, summary } = nodeOf({ fresh: { usesGi: 1 } }, MEASURED.summary.node);

    tab.answers.summary = summary;
    tab.answers.pods = { items: pods };
    await settle(11_000);
    expect(part(tab, 'np-section-order')).toContain('prod/fresh');
    expect(part(tab, 'np-section-order')).not.toContain('db-1');
  });

  it('ends when the tab is left', async() => {
    const tab = await open();

    tab.wrapper.unmount();
    const before = tab.requests.length;

    await settle(600_000);
    expect(tab.requests).toHaveLength(before);
  });
});

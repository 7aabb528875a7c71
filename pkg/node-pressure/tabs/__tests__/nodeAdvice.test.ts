import { launcherOf, nodeOf } from '../../planner/node/__tests__/pods';
import { DESIGN_SETTINGS, GI, node, RKE2_DEFAULTS } from '../../planner/__tests__/fixtures';
import { handoverIn } from '../../planner/settings/handover';
import { FORBIDDEN, MEASURED, open, part, useNodeTab, type Scene } from './scene';

useNodeTab();

const linkOf = ({ wrapper, router }: Scene, code: string) => {
  const link = wrapper.find(`[data-testid="np-advice-${ code }"] a`);

  return link.exists() ? { text: link.text(), to: router.resolve(link.attributes('href') as string) } : undefined;
};

it('hands a value over to the settings as a change that is not saved', async() => {
  const tab = await open({ answers: { configz: { kubeletconfig: RKE2_DEFAULTS } } });

  expect(part(tab, 'np-advice-setMemoryThreshold')).toMatch(/Set a hard memory threshold of 1\.5 GiB\..*14 GiB is left until the OOM killer acts/s);
  const link = linkOf(tab, 'setMemoryThreshold');

  expect([link?.text, link?.to.path, link?.to.hash]).toStrictEqual(['Open in settings', '/harvester/c/c-1/node-pressure', '#settings']);
  expect(handoverIn(link?.to.query ?? {})).toStrictEqual({ node: 'node-1', settings: { evictionHard: { ...RKE2_DEFAULTS.evictionHard, 'memory.available': '1536Mi' } } });
});

it('leads to a VM, and to what runs on the node', async() => {
  const full = nodeOf({ db: { usesGi: 5, requests: { memory: '2Gi' }, limits: { memory: '90Gi' }, pod: launcherOf('db-1') } }, MEASURED.summary.node);
  const tab = await open({ answers: { configz: { kubeletconfig: { ...DESIGN_SETTINGS, systemReserved: { memory: '20Gi' }, evictionMaxPodGracePeriod: 60 } }, pods: { items: full.pods }, summary: full.summary } });

  expect(linkOf(tab, 'requestMoreForVm')).toMatchObject({ text: 'Open db-1', to: { path: '/harvester/c/c-1/kubevirt.io.virtualmachine/prod/db-1' } });
  expect(part(tab, 'np-advice-moveVmsBeforeFull')).toMatch(/pods use 125 GiB, 61 GiB more than the node has/);
  expect(linkOf(tab, 'moveVmsBeforeFull')).toMatchObject({ to: { path: '/harvester/c/c-1/harvesterhci.io.host/node-1', hash: '#instance' } });
  const [, quotas] = tab.wrapper.findAll('[data-testid="np-advice-moveVmsBeforeFull"] a');

  expect([quotas?.text(), quotas?.attributes('href')]).toStrictEqual(['See whether quotas let them move', '/harvester/c/c-1/node-pressure#migration']);
});

it('leads to a pod whose resize is stuck', async() => {
  const { pods, summary } = nodeOf({ web: { usesGi: 1, requests: { memory: '2Gi' }, status: { conditions: [{ type: 'PodResizePending', status: 'True', reason: 'Infeasible', message: 'In-place resize of containers with swap is not supported.' }] } } }, {
    memory: { workingSetBytes: 30 * GI, availableBytes: 34 * GI }, systemContainers: [{ name: 'pods', memory: { workingSetBytes: 28 * GI, availableBytes: 28 * GI } }],
  });
  const tab = await open({ answers: { configz: { kubeletconfig: { ...DESIGN_SETTINGS, evictionMaxPodGracePeriod: 60 } }, pods: { items: pods }, summary } });

  expect(linkOf(tab, 'clearResize')).toMatchObject({ text: 'Open web', to: { path: '/c/c-1/explorer/pod/prod/web' } });
});

it('says that there is nothing to do', async() => {
  const { pods, summary } = nodeOf({ web: { usesGi: 1, requests: { memory: '2Gi' } } }, { memory: { workingSetBytes: 30 * GI, availableBytes: 34 * GI }, systemContainers: [{ name: 'pods', memory: { workingSetBytes: 28 * GI, availableBytes: 28 * GI } }] });
  const tab = await open({ answers: { configz: { kubeletconfig: { ...DESIGN_SETTINGS, evictionMaxPodGracePeriod: 60 } }, pods: { items: pods }, summary } });

  expect(part(tab, 'np-section-advice')).toContain('Nothing stands out');
});

it('does not offer our settings on another cluster, and advises nothing on what is not known', async() => {
  const tab = await open({ harvester: false, answers: { configz: { kubeletconfig: RKE2_DEFAULTS } } });

  expect([part(tab, 'np-advice-setMemoryThreshold') !== '', linkOf(tab, 'setMemoryThreshold')]).toStrictEqual([true, undefined]);
  tab.wrapper.unmount();
  const blind = await open({ node: node(), answers: { configz: FORBIDDEN, summary: FORBIDDEN } });

  expect(blind.wrapper.find('[data-testid="np-section-advice"]').exists()).toBe(false);
});

/** @jest-environment node */
import { vmOfPod, type VirtualMachine } from '../virtualMachine';
import { launcherOf, pod } from './pods';

const launcher = pod('virt-launcher-db-1-x', { pod: launcherOf('db-1') });

function vm(spec?: VirtualMachine['spec']): VirtualMachine[] {
  return [{ metadata: { name: 'db-1', namespace: 'other' } }, { metadata: { name: 'db-1', namespace: 'prod' }, spec }];
}

describe('the VM of a pod', () => {
  it('is none for other pods, whoever owns them', () => {
    expect(vmOfPod(pod('web'), [])).toBeUndefined();
    expect(vmOfPod(pod('web', { pod: { ...launcherOf('db-1'), labels: undefined } }), [])).toBeUndefined();
  });

  it('is called as its instance, or else as the annotation or the label says', () => {
    const longName = `${ 'long-'.repeat(20) }vm`;

    expect(vmOfPod(pod('a', { pod: { ...launcherOf('cut'), ownerReferences: [{ kind: 'VirtualMachineInstance', name: longName, uid: 'x' }] } }), [])?.name).toBe(longName);
    expect(vmOfPod(pod('a', { pod: { labels: launcherOf('db-1').labels, ownerReferences: [] } }), [])?.name).toBe('db-1');
    expect(vmOfPod(pod('a', { pod: { labels: { 'kubevirt.io': 'virt-launcher' }, annotations: { 'kubevirt.io/domain': 'db-2' }, namespace: undefined } }), [])).toMatchObject({ name: 'db-2', namespace: '' });
  });

  it.each<[VirtualMachine['spec'], string]>([
    [{ runStrategy: 'Always' }, 'startsAgain'],
    [{ runStrategy: 'RerunOnFailure' }, 'startsAgain'],
    [{ running: true }, 'startsAgain'],
    [{ running: false }, 'staysStopped'],
    [{ runStrategy: 'Manual' }, 'staysStopped'],
    [{ runStrategy: 'Once' }, 'staysStopped'],
    [{ runStrategy: 'Halted' }, 'staysStopped'],
    [{ runStrategy: 'WaitAsReceiver' }, 'unknown'],
    [{}, 'unknown'],
    [undefined, 'unknown'],
  ])('starts again only if its run strategy says so: %j', (spec, code) => {
    expect(vmOfPod(launcher, vm(spec))?.fate.code).toBe(code);
  });

  it('is not known to start again where VMs could not be read, and does not where there is none', () => {
    expect(vmOfPod(launcher, undefined)?.fate.code).toBe('unknown');
    expect(vmOfPod(launcher, [])?.fate.code).toBe('standalone');
  });
});

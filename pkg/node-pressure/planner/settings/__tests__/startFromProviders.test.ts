/** @jest-environment node */
import { GI } from '../../__tests__/fixtures';
import { isWritable } from '../file';
import { measuredSettings } from '../startFromMeasured';
import { aksReservedMib, aksSettings, eksReservedMib, eksSettings, openShiftReservedGib, openShiftSettings } from '../startFromProviders';
import { testNode } from './nodes';

const CURRENT = { evictionHard: { 'nodefs.available': '5%', 'memory.available': '6Gi' }, kubeReserved: { pid: '5' }, systemReserved: { pid: '7' }, evictionMaxPodGracePeriod: 120 };

describe('what providers reserve', () => {
  it.each([[8, 110, 2048], [16, 110, 2250], [32, 110, 2250], [16, 200, 4050], [512, 200, 4050]])('AKS: %d GiB, %d pods', (gib, pods, mib) => {
    expect(aksReservedMib(gib * GI, pods)).toBe(mib);
  });

  it.each([[110, 1465], [200, 2455]])('EKS: %d pods', (pods, mib) => {
    expect(eksReservedMib(pods)).toBe(mib);
  });

  it.each([[4, 1], [8, 1], [16, 1], [32, 2], [64, 4], [128, 8], [256, 10], [512, 16]])('OpenShift: %d GiB', (gib, reserved) => {
    expect(openShiftReservedGib(gib * GI)).toBe(reserved);
  });

  it('leaves alone what a provider does not speak of', () => {
    expect(aksSettings(CURRENT, 32 * GI, 110)).toStrictEqual({ ...CURRENT, evictionHard: { 'nodefs.available': '5%', 'memory.available': '100Mi' }, kubeReserved: { pid: '5', memory: '2250Mi' } });
    expect(eksSettings(CURRENT, 110)).toStrictEqual({ ...CURRENT, evictionHard: { 'nodefs.available': '10%', 'nodefs.inodesFree': '5%', 'memory.available': '100Mi' }, kubeReserved: { pid: '5', memory: '1465Mi' } });
    expect(openShiftSettings(CURRENT, 32 * GI)).toStrictEqual({ ...CURRENT, evictionHard: { 'nodefs.available': '5%', 'memory.available': '100Mi' }, systemReserved: { pid: '7', memory: '2Gi' } });
    expect([aksSettings({}, 32 * GI, 110), eksSettings({}, 110), openShiftSettings({}, 32 * GI)].every(isWritable)).toBe(true);
  });
});

describe('what nodes were seen to need', () => {
  it('fits the system of the one that uses most, and the memory of the largest', () => {
    const nodes = [testNode({ use: { node: 10, pods: 8 } }), testNode({ memoryGi: 128, use: { node: 40, pods: 37 } }), testNode({ role: 'witness', memoryGi: 256, use: { node: 90, pods: 8 } })];

    // 3 GiB and a tenth; two per cent of 128 GiB
    expect(measuredSettings(CURRENT, nodes)).toStrictEqual({ ...CURRENT, evictionHard: { 'nodefs.available': '5%', 'memory.available': '2816Mi' }, systemReserved: { pid: '7', memory: '3584Mi' } });
  });

  it('is at least 1 GiB of threshold', () => {
    expect(measuredSettings({}, [testNode()])).toStrictEqual({ evictionHard: { 'memory.available': '1Gi' }, systemReserved: { memory: '2304Mi' } });
  });

  it('is not known before a kubelet tells', () => {
    expect(measuredSettings({}, [testNode({ use: null })])).toBeUndefined();
    expect(measuredSettings({}, [testNode({ capacity: { memory: 'odd' } })])).toBeUndefined();
    expect(measuredSettings({}, [])).toBeUndefined();
  });
});

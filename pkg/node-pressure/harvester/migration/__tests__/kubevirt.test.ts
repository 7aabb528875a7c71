/** @jest-environment node */
import { isKubeVirtReady, parallelLimits } from '../kubevirt';

describe('parallelLimits', () => {
  it.each([undefined, null, {}, { spec: {} }, { spec: { configuration: {} } }, { spec: { configuration: { migrations: null } } }])('are KubeVirt’s defaults for %j', (kubevirt) => {
    expect(parallelLimits(kubevirt)).toEqual({ perCluster: 5, perNode: 2 });
  });

  it('are what is configured', () => {
    expect(parallelLimits({ spec: { configuration: { migrations: { parallelMigrationsPerCluster: 9, parallelOutboundMigrationsPerNode: 3 } } } })).toEqual({ perCluster: 9, perNode: 3 });
  });
});

describe('isKubeVirtReady', () => {
  const kubevirt = (...conditions: { type: string; status: string; reason?: string }[]): object => ({ status: { conditions } });

  it.each([
    [undefined, undefined], [null, undefined], [{}, false], [{ status: {} }, false], [{ status: { conditions: null } }, false], [kubevirt(), false],
    [kubevirt({ type: 'Progressing', status: 'True' }, { type: 'Available', status: 'True', reason: 'AllComponentsReady' }), true],
    [kubevirt({ type: 'Available', status: 'True', reason: 'Other' }), false],
    [kubevirt({ type: 'Available', status: 'False', reason: 'AllComponentsReady' }), false],
    [kubevirt({ type: 'Available', status: 'False' }, { type: 'Available', status: 'True', reason: 'AllComponentsReady' }), false],
  ])('is, by %j, %j', (object, ready) => {
    expect(isKubeVirtReady(object)).toBe(ready);
  });
});

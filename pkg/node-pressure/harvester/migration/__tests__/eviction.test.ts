/** @jest-environment node */
import { evictionOf } from '../eviction';
import type { VirtualMachineInstance } from '../objects';

const vmi = (evictionStrategy?: string | null, status = 'True', labels = {}): VirtualMachineInstance => ({ metadata: { labels }, spec: { evictionStrategy }, status: { conditions: [{ type: 'LiveMigratable', status }] } });

describe('evictionOf', () => {
  it.each([
    ['migrates', vmi('LiveMigrate')], ['refused', vmi('LiveMigrate', 'False')], ['refused', vmi('LiveMigrate', 'Unknown')],
    ['migrates', vmi('LiveMigrateIfPossible')], ['stops', vmi('LiveMigrateIfPossible', 'False')], ['external', vmi('External')], ['stops', vmi('None')],
    ['stops', vmi()], ['stops', {}], ['refused', { spec: { evictionStrategy: 'LiveMigrate' } }],
    ['shutsDown', vmi('LiveMigrate', 'True', { 'harvesterhci.io/maintain-mode-strategy': 'Shutdown' })],
    ['migrates', vmi('LiveMigrate', 'True', { 'harvesterhci.io/maintain-mode-strategy': 'Migrate' })],
  ])('%s %j', (fate, subject) => {
    expect(evictionOf(subject as VirtualMachineInstance, undefined).fate).toBe(fate);
  });

  it('takes the cluster’s strategy where the VM has none', () => {
    const kubevirt = { spec: { configuration: { evictionStrategy: 'LiveMigrate' } } };

    expect(evictionOf(vmi(null), kubevirt)).toEqual({ fate: 'migrates', strategy: 'LiveMigrate' });
    expect(evictionOf(vmi('None'), kubevirt)).toEqual({ fate: 'stops', strategy: 'None' });
    expect(evictionOf(vmi(), { spec: {} })).toEqual({ fate: 'stops', strategy: '' });
  });
});

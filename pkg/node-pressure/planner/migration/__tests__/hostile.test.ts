/** @jest-environment node */
import fc from 'fast-check';
import { COMPENSATION, quotaWith, SKIP } from '../../../harvester/migration/__tests__/builders';
import type { VirtualMachineInstance } from '../../../harvester/migration/objects';
import { bufferAdvice } from '../advice';
import { nodeDrainReport } from '../drain';
import { migrationReports } from '../live';
import { namespaceReport } from '../namespaceReport';
import { clusterOf, launcherOf, node, NOW, targetPod, vmi, vmim } from './builders';

fc.configureGlobal({ seed: 20273 });

const text = fc.oneof({ weight: 3, arbitrary: fc.constantFrom('1', '2500m', '4Gi', '0', '-1', '1e3', '') }, fc.string({ unit: 'binary' }), fc.json(), fc.constantFrom('null', '{"limit":{"limitsCpu":"1"}}', '{"limits.memory":"1Gi"}', '{"cpu":"1"}', 'True', 'constructor'));
const names = fc.constantFrom('limits.cpu', 'limits.memory', 'requests.cpu', 'pods', 'cpu', 'memory', 'hugepages-2Mi', '__proto__');
const list = fc.dictionary(names, text);
const annotations = fc.dictionary(fc.constantFrom('field.cattle.io/resourceQuota', 'harvesterhci.io/migratingUID-uid-vm1', 'harvesterhci.io/migrating-vm1', COMPENSATION, SKIP, 'cattle.io/status', 'management.cattle.io/pod-requests', 'toString'), text);
const condition = fc.record({ type: fc.constantFrom('Ready', 'LiveMigratable', 'migrationRejectedByResourceQuota', 'HotVCPUChange'), status: text, reason: text, message: text, lastProbeTime: text });

it('no report throws, whatever the cluster sends', () => {
  fc.assert(fc.property(fc.record({ hard: list, used: list, limits: list, requests: list, annotations, conditions: fc.array(condition, { maxLength: 3 }), one: text, other: text }), ({ hard, used, limits, requests, annotations: noted, conditions, one, other }) => {
    const vm: VirtualMachineInstance = { ...vmi('vm1', { conditions, phase: one }), spec: { domain: { resources: { limits, requests }, memory: { reservedOverhead: { addedOverhead: other } } }, evictionStrategy: other, nodeSelector: { [one]: other } } };
    const migration = vmim('vm1', { phase: one, conditions, phaseTransitionTimestamps: [{ phase: one, phaseTransitionTimestamp: other }] }, { creationTimestamp: other, annotations: noted });
    const cluster = clusterOf([vm, vmi('vm2')], {
      namespaces:        [{ metadata: { name: 'ns', annotations: noted } }],
      resourceQuotas:    [quotaWith(hard, used, noted), { metadata: { namespace: 'ns' }, spec: { hard, scopes: [one], scopeSelector: { matchExpressions: [{ scopeName: 'PriorityClass', operator: other, values: [one] }] } }, status: { used } }],
      migrations:        [migration, vmim('vm2')],
      pods:              [launcherOf(vm, { containers: [{ name: 'compute', resources: { limits, requests } }] }), launcherOf(vmi('vm2')), targetPod(vmi('vm2'), vmim('vm2'), { phase: one, conditions })],
      nodes:             [node('node-1'), node('node-2', one), { ...node('node-3'), status: { allocatable: hard }, spec: { taints: [{ key: one, effect: other }] } }],
      virtualMachines:   [{ metadata: { name: 'vm1', namespace: 'ns', annotations: noted } }],
      ratioSetting:      { value: one },
      overcommitSetting: { value: other },
      kubevirt:          { spec: { configuration: { additionalGuestMemoryOverheadRatio: other } }, status: { observedKubeVirtVersion: one } },
      harvesterVersion:  one,
    });
    const report = namespaceReport(cluster, 'ns', NOW);

    expect(report.states.length).toBeGreaterThan(0);
    expect(report.vms.every(({ canMigrate, reasons }) => canMigrate === (reasons.length === 0))).toBe(true);
    expect(nodeDrainReport(cluster, 'node-1').namespaces[0]?.vms).toHaveLength(2);
    expect(migrationReports(cluster, NOW)).toHaveLength(2);
    expect(bufferAdvice(cluster, 'ns', 2, { rancher: true, mayWrite: true, project: { limit: { limitsCpu: one }, usedLimit: { limitsCpu: other } } }).namespace).toBe('ns');
  }), { numRuns: 150 });
});

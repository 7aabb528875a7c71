/** @jest-environment node */
import { isSystemNamespace } from '../namespace';

it.each([
  ['kube-system', true], ['cattle-fleet-system', true], ['harvester-system', true], ['longhorn-system', true], ['local', true], ['cluster-fleet-default-c-1', true],
  ['default', false], ['prod', false], ['my-kube-system', false], ['localhost', false],
])('namespace %s: the system’s %s', (name, expected) => {
  expect(isSystemNamespace({ metadata: { name } })).toBe(expected);
});

it('takes Rancher’s word for others', () => {
  expect(isSystemNamespace({ metadata: { name: 'odd', annotations: { 'management.cattle.io/system-namespace': 'true' } } })).toBe(true);
  expect(isSystemNamespace({ metadata: { name: 'odd', annotations: { 'management.cattle.io/system-namespace': 'false' } } })).toBe(false);
});

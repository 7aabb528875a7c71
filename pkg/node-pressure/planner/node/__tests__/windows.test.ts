/** @jest-environment node */
import { GI, node, summary } from '../../__tests__/fixtures';
import { evictedBy } from '../windows';

const LINUX = node();
const WINDOWS = { ...LINUX, status: { ...LINUX.status, nodeInfo: { operatingSystem: 'windows' } } };
const measured = summary([40, 24]);
const committed = { ...measured, node: { ...measured.node, systemContainers: [{ name: 'windows-global-commit-memory', memory: { time: 't', availableBytes: 10 * GI, usageBytes: 70 * GI } }] } };

it('takes committed memory on Windows', () => {
  expect(evictedBy(WINDOWS, committed).node.memory).toEqual({ time: 't', availableBytes: 10 * GI, workingSetBytes: 70 * GI });
});

it.each([
  ['another node', LINUX, committed],
  ['an older kubelet', WINDOWS, measured],
  ['a kubelet without system containers', WINDOWS, { ...measured, node: { ...measured.node, systemContainers: undefined } }],
])('leaves the summary of %s as it is', (_what, of, value) => {
  expect(evictedBy(of, value)).toBe(value);
});

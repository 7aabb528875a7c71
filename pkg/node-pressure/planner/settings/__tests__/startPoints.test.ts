import { startPoints, startRows } from '../startPoints';
import { testNode } from './nodes';

const CURRENT = { evictionHard: { 'nodefs.available': '5%' }, evictionMaxPodGracePeriod: 60 };
const GI = 2 ** 30;

it('offers what is there, and what others have', () => {
  expect(startPoints(CURRENT, 32 * GI, [testNode()]).map(({ code }) => code)).toStrictEqual(['current', 'harvester7424', 'kubernetes', 'measured', 'gke', 'aks', 'eks', 'openshift']);
  expect(startPoints(CURRENT, undefined, [testNode({ use: null }), testNode()]).map(({ code }) => code)).toStrictEqual(['current', 'harvester7424', 'kubernetes', 'measured', 'eks']);
  expect(startPoints(CURRENT, 32 * GI, [testNode({ configuration: null, use: null })]).map(({ code }) => code)).toStrictEqual(['current', 'harvester7424', 'kubernetes', 'gke', 'openshift']);
  expect(startPoints(CURRENT, undefined, []).map(({ code }) => code)).toStrictEqual(['current', 'harvester7424', 'kubernetes']);
});

it('lays every input side by side, in the order of the form', () => {
  expect(startRows(startPoints(CURRENT, 32 * GI, []).slice(0, 4)).map(({ field: { setting, key = '' }, values }) => [setting, key, ...values])).toStrictEqual([
    ['evictionHard', 'memory.available', '', '6Gi', '100Mi', '100Mi'],
    ['evictionHard', 'nodefs.available', '5%', '5%', '10%', '5%'],
    ['evictionHard', 'nodefs.inodesFree', '', '', '5%', ''],
    ['evictionHard', 'imagefs.available', '', '', '15%', ''],
    ['evictionHard', 'imagefs.inodesFree', '', '', '5%', ''],
    ['evictionMinimumReclaim', 'memory.available', '', '4Gi', '', ''],
    ['kubeReserved', 'memory', '', '', '', '3645Mi'],
    ['evictionMaxPodGracePeriod', '', '60', '60', '', '60'],
  ]);
});

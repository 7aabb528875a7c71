import { harvesterCpu } from '../harvesterCpu';
import { testNode } from './nodes';

it('tells what Harvester reserves, each pair once', () => {
  const reserving = (system: string, kube?: string) => testNode({ configuration: { systemReserved: { cpu: system }, kubeReserved: kube === undefined ? {} : { cpu: kube } } });

  expect(harvesterCpu([
    reserving('480m', '720m'), reserving('400m', '600m'), reserving('480m', '720m'), reserving('1'), testNode(), testNode({ configuration: null }),
    testNode({ role: 'witness', configuration: { systemReserved: { cpu: '9' } } }),
  ])).toStrictEqual(['1', '400m + 600m', '480m + 720m']);
});

/** @jest-environment node */
import { memoryLimitRangesPlan, memoryQuotasPlan, plainPodsPlan } from '../namespaces';

const inNamespace = (namespace: string, spec: object) => ({ metadata: { name: 'x', namespace }, spec });

describe('what is read of namespaces', () => {
  it('is one pod that is not a VM’s', () => {
    const { url, verb, parse } = plainPodsPlan('c-1', 'a/b');

    expect(url).toBe('/k8s/clusters/c-1/api/v1/namespaces/a%2Fb/pods?limit=1&labelSelector=!kubevirt.io%2C!cdi.kubevirt.io');
    expect(verb).toBe('list pods');
    expect(parse({ items: [{}] })).toBe(true);
    expect(parse({ items: [] })).toBe(false);
    expect(() => parse({})).toThrow('list of pods has no items');
  });

  it('is whether a quota asks for memory limits', () => {
    const { url, verb, parse } = memoryQuotasPlan('c-1');

    expect([url, verb]).toStrictEqual(['/k8s/clusters/c-1/api/v1/resourcequotas', 'list resourcequotas']);
    expect([...parse({ items: [inNamespace('a', { hard: { 'limits.memory': '1Gi' } }), inNamespace('b', { hard: { 'limits.cpu': '1' } }), inNamespace('c', { hard: 'odd' }), { spec: { hard: { 'limits.memory': '1' } } }] })]).toStrictEqual(['a', '']);
  });

  it('is whether a limit range sees to memory limits', () => {
    const { url, parse } = memoryLimitRangesPlan('c-1');

    expect(url).toBe('/k8s/clusters/c-1/api/v1/limitranges');
    expect([...parse({
      items: [
        inNamespace('default', { limits: [{ type: 'Pod' }, { type: 'Container', default: { memory: '1Gi' } }] }), inNamespace('max', { limits: [{ type: 'Container', max: { memory: '1Gi' } }] }),
        inNamespace('cpu', { limits: [{ type: 'Container', default: { cpu: '1' } }] }), inNamespace('pod', { limits: [{ type: 'Pod', max: { memory: '1Gi' } }] }), inNamespace('odd', { limits: {} }),
      ],
    })]).toStrictEqual(['default', 'max']);
  });
});

/** @jest-environment node */
import type { ResourceQuota, VmPod } from '../objects';
import { countsPod } from '../quotaScopes';

const pod = (spec: Partial<VmPod['spec']> = {}): VmPod => ({ metadata: { name: 'p' }, spec: { containers: [{ name: 'a', resources: { limits: { cpu: '1' } } }], ...spec } });
const scoped = (...scopes: string[]): ResourceQuota => ({ spec: { scopes } });
const selecting = (scopeName: string, operator: string, values?: string[]): ResourceQuota => ({ spec: { scopeSelector: { matchExpressions: [{ scopeName, operator, values }] } } });
const bestEffort = pod({ containers: [{ name: 'a' }] });
const critical = pod({ priorityClassName: 'critical' });
const term = { namespaces: ['other'] };

describe('countsPod', () => {
  it.each<[boolean, ResourceQuota, VmPod]>([
    [true, {}, pod()],
    [true, { spec: { scopes: null, scopeSelector: null } }, pod()],
    [true, scoped('NotTerminating'), pod()],
    [false, scoped('Terminating'), pod()],
    [true, scoped('Terminating'), pod({ activeDeadlineSeconds: 0 })],
    [false, scoped('NotTerminating'), pod({ activeDeadlineSeconds: 60 })],
    [false, scoped('BestEffort'), pod()],
    [true, scoped('BestEffort'), bestEffort],
    [true, scoped('NotBestEffort', 'NotTerminating'), pod()],
    [false, scoped('NotBestEffort', 'Terminating'), pod()],
    [false, scoped('NotBestEffort'), bestEffort],
    [false, scoped('PriorityClass'), pod()],
    [true, scoped('PriorityClass'), critical],
    [true, selecting('PriorityClass', 'In', ['critical', 'high']), critical],
    [false, selecting('PriorityClass', 'In', ['high']), critical],
    [false, selecting('PriorityClass', 'In'), critical],
    [false, selecting('PriorityClass', 'In', ['critical']), pod()],
    [false, selecting('PriorityClass', 'NotIn', ['critical']), critical],
    [true, selecting('PriorityClass', 'NotIn', ['high']), critical],
    [true, selecting('PriorityClass', 'NotIn', ['high']), pod()],
    [true, selecting('PriorityClass', 'DoesNotExist'), pod()],
    [false, selecting('PriorityClass', 'DoesNotExist'), critical],
    [false, selecting('PriorityClass', 'Odd'), critical],
    [false, scoped('Odd'), pod()],
    [false, scoped('CrossNamespacePodAffinity'), pod()],
    [false, scoped('CrossNamespacePodAffinity'), pod({ affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{}], preferredDuringSchedulingIgnoredDuringExecution: null } } })],
    [true, scoped('CrossNamespacePodAffinity'), pod({ affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } } })],
    [true, scoped('CrossNamespacePodAffinity'), pod({ affinity: { podAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ podAffinityTerm: { namespaceSelector: {} } }] } } })],
  ])('is %j for %j and %j', (counts, quota, subject) => {
    expect(countsPod(quota, subject)).toBe(counts);
  });
});

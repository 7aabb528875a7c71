import { may } from '../request';
import type { ApiRequest } from '../request';
import { isRecord, valueAt } from '../store/objects';
import type { KubeObject } from '../store/objects';

/** SelfSubjectAccessReview: answers at once and stores nothing. */
export function accessReview(request: ApiRequest, review: KubeObject): KubeObject {
  const wanted = valueAt(review, 'spec.resourceAttributes');
  const attribute = (name: string): string => (isRecord(wanted) && typeof wanted[name] === 'string' ? wanted[name] : '');
  const where = { subresource: attribute('subresource') || undefined, namespace: attribute('namespace') || undefined, name: attribute('name') || undefined };
  const allowed = isRecord(wanted) && may(request, attribute('verb'), { group: attribute('group'), resource: attribute('resource') }, where);

  return {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectAccessReview',
    metadata: { ...review.metadata },
    spec: review.spec,
    status: allowed ? { allowed, reason: 'RBAC: allowed' } : { allowed },
  };
}

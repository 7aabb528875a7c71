import type { User } from '../access/users';
import type { Reply } from '../request';
import { isRecord } from '../store/objects';
import type { FrontRequest } from './front';
import type { RancherState } from './state';

/** `/v1/userpreferences`: one object per user, whose `data` is the Dashboard's to fill. */
export async function preferences({ preferences: stored }: RancherState, { method, path, origin, body }: FrontRequest, user: User): Promise<Reply> {
  const id = path.split('/')[3];
  const self = `${ origin }/v1/userpreferences/${ user.name }`;
  const object = (): Record<string, unknown> => ({
    id: user.name,
    type: 'userpreference',
    links: { self, update: self, remove: self },
    data: stored.get(user.name) ?? {},
  });

  if (id !== undefined && id !== user.name) {
    return { status: 404, body: { type: 'error', links: {}, code: 'NotFound', message: 'NotFound', status: 404 } };
  }
  if (method === 'PUT' || method === 'POST') {
    const given = await body();
    const data = isRecord(given) && isRecord(given.data) ? given.data : {};

    stored.set(user.name, Object.fromEntries(Object.entries(data).map(([key, value]) => [key, String(value)])));
  } else if (method === 'DELETE') {
    stored.delete(user.name);

    return { status: 204 };
  }

  if (id !== undefined || method !== 'GET') {
    return { status: 200, body: object() };
  }

  return { status: 200, body: { type: 'collection', resourceType: 'userpreference', links: { self: `${ origin }/v1/userpreferences` }, data: [object()] } };
}

/** The rights that docs/rights.md lists, and a user of real servers who has them one by one. */
import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import type { Page } from 'playwright-core';
import type { PolicyRule } from '../../simulator/access/rules';
import { adminRequest, login } from './api';
import { HARVESTER } from './page';
import type { Server } from './server';
import { until } from './wait';

/** One verb on one resource, as Kubernetes writes it: `get nodes/proxy`, `patch cloudinits.node.harvesterhci.io`. */
export type Right = string;

const DOCUMENT = 'docs/rights.md';
const CLUSTER = `/k8s/clusters/${ HARVESTER }`;
const READ = ['get', 'list', 'watch'];

const nameOf = (verb: string, resource: string, group: string): Right => `${ verb } ${ resource }${ group && `.${ group }` }`;

const document = (): string => readFileSync(DOCUMENT, 'utf8');

/** All rights of the roles in the document. */
export function documentedRights(): Right[] {
  const roles = [...document().matchAll(/```yaml\n([^]*?)```/g)].map(([, text]) => load(text ?? '') as { rules: PolicyRule[] });

  return roles.flatMap(({ rules }) => rules.flatMap(({ apiGroups, resources, verbs }) => apiGroups.flatMap((group) => resources.flatMap((resource) => verbs.map((verb) => nameOf(verb, resource, group))))));
}

/** The rights in the first column of the document's table. */
export function explainedRights(): Right[] {
  return [...document().matchAll(/^\| ((?:`[^`]+`(?:, )?)+) \|/gm)].flatMap(([, cell]) => [...(cell ?? '').matchAll(/`([^`]+)`/g)].map(([, right]) => right ?? ''));
}

/** Which of these rights the page speaks of. */
export async function namedRights(page: Page, rights: readonly Right[]): Promise<Right[]> {
  const text = await page.locator('body').innerText();
  // Not where it goes on: `list nodes` is not in `list nodes.metrics.k8s.io`
  const isNamed = (right: Right): boolean => new RegExp(`\\b${ right.replaceAll('.', '\\.') }(?![\\w/-]|\\.\\w)`).test(text);

  return rights.filter(isNamed);
}

function ruleOf(right: Right): PolicyRule {
  const [verb = '', name = ''] = right.split(' ');
  const [resource = '', ...group] = name.split('.');

  return { apiGroups: [group.join('.')], resources: [resource], verbs: [verb] };
}

const read = (group: string, ...resources: string[]): PolicyRule => ({ apiGroups: [group], resources, verbs: READ });

/** What the Dashboard and Harvester's UI want to see themselves: nothing that our page reads. */
const DASHBOARD: readonly PolicyRule[] = [
  read('', 'configmaps', 'persistentvolumeclaims', 'persistentvolumes', 'services'),
  read('harvesterhci.io', 'addons', 'keypairs', 'resourcequotas', 'upgradelogs', 'versions', 'virtualmachineimages'),
  read('management.cattle.io', 'clusters', 'clusterroletemplatebindings', 'projectroletemplatebindings', 'settings', 'users'),
  // A node’s own pages, of which our tab is a part; a setting or two; and the features that the Dashboard follows itself
  { apiGroups: [''], resources: ['nodes'], verbs: ['get'] },
  { apiGroups: ['harvesterhci.io'], resources: ['settings'], verbs: ['get'] },
  { apiGroups: ['management.cattle.io'], resources: ['features'], verbs: ['watch'] },
  ...['apiextensions.k8s.io', 'apps', 'batch', 'catalog.cattle.io', 'k8s.cni.cncf.io', 'longhorn.io', 'network.harvesterhci.io', 'provisioning.cattle.io', 'scheduling.k8s.io', 'storage.k8s.io', 'ui.cattle.io']
    .map((group) => read(group, '*')),
];

/** A right that nobody uses, given and taken in turn: by it is seen that a role has arrived. */
const MARK = ruleOf('create configmaps');

let isMarked = false;

/** Lets the user `readonly` do this and nothing else, and waits until the API server and both Steves know. */
export async function allowOnly(server: Server, rights: readonly Right[]): Promise<void> {
  isMarked = !isMarked;
  await adminRequest(server, 'PATCH', `${ CLUSTER }/apis/rbac.authorization.k8s.io/v1/clusterroles/node-pressure:readonly`, {
    rules: [...DASHBOARD, ...rights.map(ruleOf), ...(isMarked ? [MARK] : [])],
  });
  const headers = { cookie: await login(server, 'readonly'), accept: 'application/json', 'content-type': 'application/json' };
  const review = { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectAccessReview', spec: { resourceAttributes: { verb: 'create', resource: 'configmaps' } } };

  for (const steve of ['/v1', '/v1/harvester']) {
    await until(`the role in ${ steve }`, async() => {
      const schema = await (await fetch(`${ server.url }${ CLUSTER }${ steve }/schemas/configmap`, { headers })).json() as { collectionMethods?: readonly string[] };

      return schema.collectionMethods?.includes('POST') === isMarked;
    });
  }
  await until('the role in the API server', async() => {
    const answer = await fetch(`${ server.url }${ CLUSTER }/apis/authorization.k8s.io/v1/selfsubjectaccessreviews`, { method: 'POST', headers, body: JSON.stringify(review) });

    return (await answer.json() as { status?: { allowed?: boolean } }).status?.allowed === isMarked;
  });
}

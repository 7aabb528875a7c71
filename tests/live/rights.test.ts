/** Each right taken away in turn, by RBAC itself. */
import { adminRequest } from '../e2e/support/api';
import { HARVESTER, PATHS, root, waitForPage, waitForRows } from '../e2e/support/page';
import type { Server } from '../e2e/support/server';
import { browserSuite } from '../e2e/support/suite';
import { USERS } from '../simulator/access/users';
import type { PolicyRule } from '../simulator/access/rules';

const liveTest = browserSuite();

const ROLE = `/k8s/clusters/${ HARVESTER }/apis/rbac.authorization.k8s.io/v1/clusterroles/node-pressure:readonly`;
const READ = ['get', 'list', 'watch'];

/** What the user `readonly` may do, from now on. */
async function allow(server: Server, rules: readonly PolicyRule[]): Promise<void> {
  await adminRequest(server, 'PATCH', ROLE, { rules });
}

/** Core resources but one: RBAC can only add. */
const coreBut = (...left: string[]): PolicyRule => ({
  apiGroups: [''], resources: ['namespaces', 'nodes', 'nodes/proxy', 'pods', 'events', 'configmaps', 'resourcequotas', 'limitranges'].filter((resource) => !left.includes(resource)), verbs: READ,
});
const others = USERS.find(({ name }) => name === 'noproxy')?.grants.flatMap(({ rules }) => rules.filter(({ apiGroups }) => !apiGroups.includes(''))).map((rule) => ({ ...rule, verbs: READ })) ?? [];

liveTest('without nodes there is nothing to see, and the page names the right', { user: 'readonly' }, async({ session, page, server }) => {
  await allow(server, [coreBut('nodes'), ...others]);
  await session.goto(PATHS.harvester);
  await waitForPage(page);
  await root(page).getByRole('heading', { name: 'You may not see this cluster’s nodes' }).waitFor();
});

liveTest('without nodes/proxy, nodes are listed and the right is named', { user: 'readonly' }, async({ session, page, server }) => {
  await allow(server, [coreBut('nodes/proxy'), ...others]);
  await session.goto(PATHS.harvester);
  await waitForRows(page);
  await root(page).getByText('get nodes/proxy').first().waitFor();
});

liveTest('without the right to patch policies, nothing can be saved, and the page says which it takes', { user: 'readonly' }, async({ session, page, server }) => {
  await allow(server, [coreBut(), ...others]);
  await session.goto(`${ PATHS.harvester }#settings`);
  await waitForPage(page);
  await root(page).getByText(/create cloudinits\.node\.harvesterhci\.io/).first().waitFor();
});

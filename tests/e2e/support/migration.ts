/** The panel *Migration headroom*, and what its tests do to the cluster. */
import type { Locator, Page } from 'playwright-core';
import { adminRequest } from './api';
import { HARVESTER, PATHS } from './page';
import type { Server } from './server';
import { until } from './wait';

/** The panel's address in a product. */
export const migrationPath = (product: keyof typeof PATHS): string => `${ PATHS[product] }#migration`;

export const panel = (page: Page): Locator => page.getByTestId('np-migration');

/** One namespace's row. */
export const row = (page: Page, namespace: string): Locator => panel(page).locator('tr.main-row').filter({ has: page.getByRole('button', { name: new RegExp(` details of ${ namespace }$`) }) });

/** One namespace's details, once they are open. */
export const detail = (page: Page, namespace: string): Locator => panel(page).getByTestId(`np-detail-${ namespace }`);

/** One VM in the details of its namespace. */
export const machine = (page: Page, vm: string): Locator => panel(page).getByTestId(`np-vm-${ vm }`);

/** Waits until so many namespaces are listed, and the pods of their VMs were read. */
export async function waitForNamespaces(page: Page, count: number): Promise<void> {
  await until(`${ count } namespaces`, async() => await panel(page).locator('tr.main-row').count() === count);
  await until('exact figures', async() => await panel(page).getByText('until then figures are estimates').count() === 0);
}

/** Opens a namespace's details. */
export async function openDetail(page: Page, namespace: string): Promise<void> {
  await row(page, namespace).getByRole('button', { name: `Show details of ${ namespace }` }).click();
  await detail(page, namespace).waitFor();
}

const CLUSTER = `/k8s/clusters/${ HARVESTER }`;

/** Begins a live migration. */
export async function migrate(server: Server, namespace: string, vm: string): Promise<void> {
  await adminRequest(server, 'POST', `${ CLUSTER }/apis/kubevirt.io/v1/namespaces/${ namespace }/virtualmachineinstancemigrations`, {
    apiVersion: 'kubevirt.io/v1', kind: 'VirtualMachineInstanceMigration', metadata: { name: `move-${ vm }`, namespace }, spec: { vmiName: vm },
  });
}

/** A namespace's quota as the cluster has it. */
export async function quotaOf(server: Server, namespace: string): Promise<{ readonly hard: Record<string, string>; readonly annotations: Record<string, string>; readonly base: string }> {
  const quota = await adminRequest(server, 'GET', `${ CLUSTER }/api/v1/namespaces/${ namespace }/resourcequotas/default-quota`) as { spec: { hard: Record<string, string> }; metadata: { annotations?: Record<string, string> } };
  const object = await adminRequest(server, 'GET', `${ CLUSTER }/api/v1/namespaces/${ namespace }`) as { metadata: { annotations?: Record<string, string> } };

  return { hard: quota.spec.hard, annotations: quota.metadata.annotations ?? {}, base: object.metadata.annotations?.['field.cattle.io/resourceQuota'] ?? '' };
}

import { must } from '../../servers/api';
import type { Api } from '../../servers/api';

const NAMESPACE = 'barrier';
const PODS = `/api/v1/namespaces/${ NAMESPACE }/pods`;
const QUOTAS = `/api/v1/namespaces/${ NAMESPACE }/resourcequotas`;

const pod = (name: string): unknown => ({ metadata: { name }, spec: { containers: [{ name: 'probe', image: 'registry.example/probe:1' }] } });

/**
 * Waits until servers know what was written before. They learn of changes to one kind of objects in their order, so the
 * last of them tells.
 */
export class Barrier {
  private pods = 0;

  constructor(private readonly api: Api) {}

  async open(): Promise<void> {
    must(await this.api.create('/api/v1/namespaces', { metadata: { name: NAMESPACE } }));
    must(await this.api.create(QUOTAS, { metadata: { name: 'last' }, spec: { hard: { pods: '0' } } }));
    await this.isEnforced();
  }

  /** Until the API server enforces all quotas as they are now. */
  async quotas(): Promise<void> {
    this.pods = 1000 - this.pods;
    must(await this.api.patch(`${ QUOTAS }/last`, { spec: { hard: { pods: String(this.pods) } } }));
    await this.isEnforced();
  }

  /** Until the controller that counts what quotas limit has seen all pods. */
  async podsAreCounted(): Promise<void> {
    await this.quotas();
    must(await this.api.create(PODS, pod('last')));
    let attempts = 0;

    await this.api.until('the controller’s sight of pods', async() => {
      const path = `${ QUOTAS }/count-${ attempts }`;

      must(await this.api.create(QUOTAS, { metadata: { name: `count-${ attempts++ }` }, spec: { hard: { pods: '1000' } } }));
      const counted = await this.api.until('a count', async() => must(await this.api.get<{ status?: { used?: { pods?: string } } }>(path)).status?.used?.pods);

      return counted === '0' ? undefined : true;
    });
  }

  private isEnforced(): Promise<true> {
    return this.api.until('the API server’s sight of quotas', async() => {
      const { status, message } = await this.api.create(`${ PODS }?dryRun=All`, pod('probe'));

      return (this.pods > 0 ? status === 201 : message.includes('exceeded quota')) ? true : undefined;
    });
  }
}

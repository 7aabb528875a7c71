import type { Hono } from 'hono';
import { addPod } from '../objects/pods';
import { addVirtualMachine } from '../objects/virtualMachines';
import type { PodPlan, VirtualMachinePlan } from '../scenarios/plan';
import type { Simulation } from '../simulation';
import { readBody } from './traffic';
import { clusterOf } from './machines';

/** `/__simulator/pods`, `/__simulator/virtual-machines`: workloads as the scenarios plan them. */
export function podRoutes(api: Hono, simulation: Simulation): void {
  api.post('/pods', async(context) => context.json(addPod(clusterOf(context, simulation), (await readBody(context)) as unknown as PodPlan), 201));
  api.post('/virtual-machines', async(context) => {
    addVirtualMachine(clusterOf(context, simulation), (await readBody(context)) as unknown as VirtualMachinePlan);

    return context.body(null, 201);
  });
  api.delete('/pods/:namespace/:name', (context) => {
    const { store, kinds } = clusterOf(context, simulation);

    store.remove(kinds.get('pod'), context.req.param('namespace'), context.req.param('name'));

    return context.body(null, 204);
  });
  api.put('/pods/:namespace/:name/use', async(context) => {
    const { store, kinds, fleet } = clusterOf(context, simulation);
    const { useBytes } = await readBody(context);
    const pod = store.get(kinds.get('pod'), context.req.param('namespace'), context.req.param('name'));

    fleet.setPodUse(pod.metadata.uid ?? '', Number(useBytes));

    return context.json({ useBytes: Number(useBytes) });
  });
}

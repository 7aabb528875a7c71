import type { Context, Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { Cluster } from '../cluster';
import { kubeletArgs } from '../nodes/layers';
import type { Machine } from '../nodes/machine';
import type { NodePlan } from '../scenarios/plan';
import type { Simulation } from '../simulation';
import { HARVESTER_CLUSTER } from '../world';
import { readBody } from './traffic';

/** The cluster that `?cluster=` names; without it, the Harvester one. */
export function clusterOf(context: Context, { world }: Simulation): Cluster {
  const id = context.req.query('cluster') ?? HARVESTER_CLUSTER;
  const cluster = world.clusters.get(id);

  if (!cluster) {
    throw new HTTPException(404, { message: `no cluster ${ id }` });
  }

  return cluster;
}

interface Found {
  cluster: Cluster;
  machine: Machine;
}

function machineOf(context: Context, simulation: Simulation): Found {
  const cluster = clusterOf(context, simulation);
  const name = context.req.param('node') ?? '';
  const machine = cluster.fleet.machines.get(name);

  if (!machine) {
    throw new HTTPException(404, { message: `no node ${ name }` });
  }

  return { cluster, machine };
}

/** What is known of a machine beyond its Node object. */
function describe({ cluster, machine }: Found): Record<string, unknown> {
  const { workingSetBytes, systemBytes } = cluster.fleet.sample(machine);

  return {
    name: machine.name,
    kubelet: machine.kubelet ? 'running' : 'down',
    error: machine.lastError,
    boots: machine.boots,
    bootedAt: machine.bootedAt,
    memory: { capacityBytes: machine.plan.memoryBytes, workingSetBytes, systemBytes },
    kubeletArgs: kubeletArgs(machine.disk),
    files: machine.disk.all(),
  };
}

function lifeRoutes(api: Hono, simulation: Simulation): void {
  const act = (path: string, action: (found: Found) => unknown): void => {
    api.post(`/nodes/:node/${ path }`, (context) => {
      const found = machineOf(context, simulation);

      action(found);

      return context.json(describe(found));
    });
  };

  act('reboot', ({ cluster, machine }) => cluster.fleet.reboot(machine));
  act('restart-kubelet', ({ cluster, machine }) => cluster.fleet.startKubelet(machine));
  act('break', ({ cluster, machine }) => cluster.fleet.stopKubelet(machine, 'stopped by the control API'));
  act('recover', ({ cluster, machine }) => cluster.fleet.startKubelet(machine));
}

function stateRoutes(api: Hono, simulation: Simulation): void {
  api.put('/nodes/:node/memory', async(context) => {
    const found = machineOf(context, simulation);
    const { workingSetBytes, bytesPerSecond = 0 } = await readBody(context);

    if (typeof workingSetBytes !== 'number' || typeof bytesPerSecond !== 'number') {
      throw new HTTPException(400, { message: 'workingSetBytes and bytesPerSecond are numbers' });
    }
    found.machine.memory.follow({ workingSetBytes, bytesPerSecond, since: simulation.world.clock.now() });

    return context.json(describe(found));
  });
  api.delete('/nodes/:node/memory', (context) => {
    const found = machineOf(context, simulation);

    found.machine.memory.follow(null);

    return context.json(describe(found));
  });
  api.put('/nodes/:node/files', async(context) => {
    const found = machineOf(context, simulation);
    const { path, content } = await readBody(context);

    if (typeof content === 'string') {
      found.machine.disk.write(String(path), content);
    } else {
      found.machine.disk.remove(String(path));
    }

    return context.json(describe(found));
  });
}

/** `/__simulator/nodes…`: the machines behind the Node objects. */
export function machineRoutes(api: Hono, simulation: Simulation): void {
  api.get('/nodes', (context) => {
    const cluster = clusterOf(context, simulation);

    return context.json([...cluster.fleet.machines.values()].map((machine) => describe({ cluster, machine })));
  });
  api.get('/nodes/:node', (context) => context.json(describe(machineOf(context, simulation))));
  api.post('/nodes', async(context) => {
    const cluster = clusterOf(context, simulation);

    return context.json(describe({ cluster, machine: cluster.fleet.add((await readBody(context)) as unknown as NodePlan) }), 201);
  });
  api.delete('/nodes/:node', (context) => {
    const { cluster, machine } = machineOf(context, simulation);

    cluster.fleet.remove(machine);

    return context.body(null, 204);
  });
  lifeRoutes(api, simulation);
  stateRoutes(api, simulation);
}

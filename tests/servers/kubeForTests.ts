/** A cluster for the tests of one file, without Steve. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Api } from './api';
import { scenarioFile } from './scenario';
import { startKube } from './startKube';
import type { Kube } from './startKube';

export interface TestCluster {
  /** Somebody who may do everything. */
  api: Api;
  /** One of the scenario's users. */
  as(user: string): Api;
  kube: Kube;
  stop(): Promise<void>;
}

/** Starts a scenario's Harvester cluster with the programs that the test step has built. */
export async function startTestCluster(scenario: string): Promise<TestCluster> {
  const { NODE_PRESSURE_KUBE: program, NODE_PRESSURE_CONTROL_PLANE: binaries } = process.env;

  assert.ok(program && binaries, 'there are no programs: run this by `npm test`');
  const folder = mkdtempSync(join(tmpdir(), 'np-kube-'));
  const file = join(folder, 'scenario.json');

  writeFileSync(file, JSON.stringify(scenarioFile(scenario)));
  const kube = await startKube({ program, binaries, scenarioFile: file, cwd: folder });
  const clients: Api[] = [];
  const client = (token: string): Api => {
    const api = new Api(kube, token);

    clients.push(api);

    return api;
  };

  return {
    kube,
    api: client(kube.adminToken),
    as: (user) => client(kube.tokens[user] ?? ''),
    stop: async() => {
      clients.forEach((api) => api.close());
      await kube.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

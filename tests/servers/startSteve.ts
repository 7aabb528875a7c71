/** A running Steve. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Child } from './child';
import { forward } from './front/forward';

export interface SteveOptions {
  /** The program. */
  readonly program: string;
  /** Credentials that may impersonate everybody. */
  readonly kubeconfig: string;
  readonly sqlCache: boolean;
  /** What must have a schema before Steve counts as started, such as the kinds that a definition brought. */
  readonly types: readonly string[];
}

export interface Steve {
  readonly socketPath: string;
  stop(): Promise<void>;
}

const PATIENCE_MS = 120_000;
const INTERVAL_MS = 100;

const ADMIN = { 'impersonate-user': 'admin', 'impersonate-group': 'system:masters', accept: 'application/json' };

/** Whether Steve answers for every type. */
async function isReady(socketPath: string, types: readonly string[]): Promise<boolean> {
  const answers = types.map(async(type) => {
    const response = await forward(new Request(`http://steve/v1/${ type }`), { socketPath, path: `/v1/${ type }?pagesize=1&limit=1`, headers: ADMIN });

    await response.body?.cancel();

    return response.ok;
  });

  return (await Promise.all(answers).catch(() => [false])).every(Boolean);
}

/**
 * Starts a Steve and waits until it knows the cluster.
 * @throws Error in Steve's own words when it ends before
 */
export async function startSteve({ program, kubeconfig, sqlCache, types }: SteveOptions): Promise<Steve> {
  const folder = await mkdtemp(join(tmpdir(), 'np-steve-'));
  const socketPath = join(folder, 'socket');
  const child = new Child(program, ['--kubeconfig', kubeconfig, '--socket', socketPath, ...(sqlCache ? ['--sql-cache'] : [])], { cwd: folder });
  const stop = async(): Promise<void> => {
    await child.stop();
    await rm(folder, { recursive: true, force: true });
  };
  const deadline = Date.now() + PATIENCE_MS;

  while (!(await isReady(socketPath, types))) {
    if (!child.running || Date.now() > deadline) {
      await stop();
      throw new Error(`Steve does not start:\n${ child.lastWords }`);
    }
    await new Promise((resolve) => setTimeout(resolve, INTERVAL_MS));
  }

  return { socketPath, stop };
}

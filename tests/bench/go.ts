/** The kubelet's own functions, measured by Go's benchmarks on the same data. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PodWithStats } from '../../pkg/node-pressure/kubelet/eviction/rank';

export interface GoFigures {
  readonly synchronizeNanoseconds: number;
  readonly parseNanoseconds: number;
}

function output(command: string, args: readonly string[], options: { cwd: string; env: NodeJS.ProcessEnv }): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';

    child.stdout.on('data', (chunk) => {
      text += chunk;
    });
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve(text) : reject(new Error(`${ command } ended with ${ code }`))));
  });
}

function nanosecondsOf(report: string, benchmark: string): number {
  const [, figure] = new RegExp(`^Benchmark${ benchmark }\\S*\\s+\\d+\\s+([\\d.]+) ns/op`, 'm').exec(report) ?? [];

  if (figure === undefined) {
    throw new Error(`no figure of ${ benchmark } in:\n${ report }`);
  }

  return Number(figure);
}

/**
 * Needs Go, as the oracle does. The flags are those that the oracle is built with: others would compile all of
 * Kubernetes anew.
 */
export async function goFigures(pods: readonly PodWithStats[], texts: readonly string[]): Promise<GoFigures> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  const data = join(folder, 'data.json');

  try {
    await writeFile(data, JSON.stringify({ pods: pods.map(({ pod }) => pod), stats: pods.map(({ stats }) => stats), quantities: texts }));

    const report = await output('go', ['test', '-trimpath', '-vet=off', '-run', '^$', '-bench', '^Benchmark(Pass|ParseQuantity)$', '.'], { cwd: 'tests/oracle', env: { ...process.env, CGO_ENABLED: '0', BENCH_DATA: data } });

    return { synchronizeNanoseconds: nanosecondsOf(report, 'Pass'), parseNanoseconds: nanosecondsOf(report, 'ParseQuantity') / texts.length };
  } finally {
    await rm(folder, { recursive: true });
  }
}

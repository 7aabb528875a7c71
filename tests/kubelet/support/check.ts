import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { MachineAnswer, MachineQuestion } from './machine';

/** The program that starts real kubelets, as the test step has built it. */
function program(): string {
  const path = process.env.NODE_PRESSURE_KUBE;

  if (!path) {
    throw new Error('NODE_PRESSURE_KUBE names no program: run this by `npm test kubelet`');
  }

  return path;
}

/** Starts the kubelets of machines, one after the other, with the kubelet's own code. */
export async function startKubelets(questions: readonly MachineQuestion[]): Promise<MachineAnswer[]> {
  const child = spawn(program(), ['check'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const answers: MachineAnswer[] = [];

  child.stdin.end(questions.map((question) => `${ JSON.stringify(question) }\n`).join(''));
  for await (const line of createInterface({ input: child.stdout, crlfDelay: Infinity })) {
    answers.push(JSON.parse(line) as MachineAnswer);
  }
  if (answers.length !== questions.length) {
    throw new Error(`${ questions.length } kubelets were to be started, ${ answers.length } were`);
  }

  return answers;
}

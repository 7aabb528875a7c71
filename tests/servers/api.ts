import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import type { Kube } from './startKube';

/** An answer of the API server's. */
export interface Answer<T> {
  status: number;
  body: T;
  /** Of a Status: why not. */
  message: string;
}

/** How many requests are under way at a time. */
const AT_ONCE = 16;
/** How long something that is to come about may take. */
const PATIENCE = 120_000;
const BETWEEN_LOOKS = 50;

/** The API server, as the bearer of a token sees it. */
export class Api {
  private readonly agent: Agent;

  constructor(private readonly kube: Pick<Kube, 'apiServer' | 'ca'>, private readonly token: string) {
    this.agent = new Agent({ ca: readFileSync(kube.ca), keepAlive: true, maxSockets: AT_ONCE });
  }

  get<T>(path: string): Promise<Answer<T>> {
    return this.send('GET', path);
  }

  create<T>(path: string, object: unknown): Promise<Answer<T>> {
    return this.send('POST', path, object);
  }

  remove<T>(path: string): Promise<Answer<T>> {
    return this.send('DELETE', path);
  }

  /** A JSON merge patch. */
  patch<T>(path: string, change: unknown): Promise<Answer<T>> {
    return this.send('PATCH', path, change, 'application/merge-patch+json');
  }

  /** Looks again and again until what is asked for is so. */
  async until<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
    const end = Date.now() + PATIENCE;

    for (;;) {
      const found = await look();

      if (found !== undefined) {
        return found;
      }
      if (Date.now() > end) {
        throw new Error(`${ what } did not come about`);
      }
      await new Promise((resolve) => setTimeout(resolve, BETWEEN_LOOKS));
    }
  }

  close(): void {
    this.agent.destroy();
  }

  private send<T>(method: string, path: string, body?: unknown, type = 'application/json'): Promise<Answer<T>> {
    return new Promise((resolve, reject) => {
      const asking = request(this.kube.apiServer + path, { method, agent: this.agent, headers: { authorization: `Bearer ${ this.token }`, 'content-type': type } }, (response) => {
        let text = '';

        response.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('error', reject).on('end', () => {
          const isJson = response.headers['content-type']?.includes('json');
          const answer = (isJson ? JSON.parse(text) : text) as T & { message?: string };

          resolve({ status: response.statusCode ?? 0, body: answer, message: answer.message ?? '' });
        });
      });

      asking.on('error', reject).end(body === undefined ? undefined : JSON.stringify(body));
    });
  }
}

/** An answer that has to be a success. */
export function must<T>({ status, body, message }: Answer<T>): T {
  if (status >= 300) {
    throw new Error(`${ status } ${ message }`);
  }

  return body;
}

/** Does something with each of a list, a few at a time, and keeps the order. */
export async function each<T, R>(list: readonly T[], work: (item: T, index: number) => Promise<R>): Promise<R[]> {
  const results = new Array<R>(list.length);
  let next = 0;
  const worker = async(): Promise<void> => {
    for (let index = next++; index < list.length; index = next++) {
      results[index] = await work(list[index] as T, index);
    }
  };

  await Promise.all(Array.from({ length: AT_ONCE }, worker));

  return results;
}

import { Feed } from './feed';

export type Json = Record<string, unknown>;

/** An answer, its body decoded; `{}` for an empty one. */
export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  body: Json;
}

export interface Options {
  method?: string;
  body?: unknown;
  type?: string;
  headers?: Record<string, string>;
}

/** One user's way to the API. */
export class Client {
  /** @param steve where Steve is, whom all paths here call `/v1` */
  constructor(readonly base: string, private readonly token: string, private readonly steve: string) {}

  private address(path: string): string {
    return this.base + path.replace(/^\/v1(?=\/|$)/, this.steve);
  }

  /** The session, as a `Cookie` header. */
  get cookie(): string {
    return `R_SESS=${ this.token }`;
  }

  async request(path: string, { method = 'GET', body, type = 'application/json', headers = {} }: Options = {}): Promise<Answer> {
    const response = await fetch(this.address(path), {
      method,
      redirect: 'manual',
      headers: { accept: 'application/json', cookie: this.cookie, ...(body === undefined ? {} : { 'content-type': type }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = (response.headers.get('content-type') ?? '').includes('json');

    return { status: response.status, headers: response.headers, text, body: isJson && text !== '' ? (JSON.parse(text) as Json) : {} };
  }

  get(path: string): Promise<Answer> {
    return this.request(path);
  }

  post(path: string, body: unknown): Promise<Answer> {
    return this.request(path, { method: 'POST', body });
  }

  put(path: string, body: unknown): Promise<Answer> {
    return this.request(path, { method: 'PUT', body });
  }

  patch(path: string, body: unknown, type = 'application/merge-patch+json'): Promise<Answer> {
    return this.request(path, { method: 'PATCH', body, type });
  }

  remove(path: string): Promise<Answer> {
    return this.request(path, { method: 'DELETE' });
  }

  /** Opens `/v1/subscribe`. */
  subscribe(headers: Record<string, string> = {}): Promise<Feed> {
    return Feed.open(`${ this.address('/v1/subscribe').replace(/^http/, 'ws') }?sockId=1`, this.cookie, headers);
  }
}

/** What stands at a dotted path of an answer. */
export function at(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((inner, key) => (typeof inner === 'object' && inner !== null ? (inner as Json)[key] : undefined), value);
}

/** A list's rows. */
export function rows(answer: Answer): Json[] {
  return (answer.body.data ?? []) as Json[];
}

export function ids(answer: Answer): string[] {
  return rows(answer).map(({ id }) => String(id));
}

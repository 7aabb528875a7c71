import { randomBytes } from 'node:crypto';
import { USERS } from '../access/users';
import type { User } from '../access/users';

/** Name of Rancher's session cookie. */
export const SESSION_COOKIE = 'R_SESS';

/** A cookie's value in a `Cookie` header. */
export function cookie(header: string | null | undefined, name: string): string | undefined {
  return (header ?? '')
    .split(/;\s*/)
    .map((part) => part.split('='))
    .find(([key]) => key === name)
    ?.slice(1)
    .join('=');
}

/** Who is logged in. */
export class Sessions {
  private readonly users = new Map<string, User>();

  /** A new session's token, or undefined when user and password do not fit. */
  login(username: unknown, password: unknown): string | undefined {
    const user = USERS.find(({ name }) => name === username);

    if (!user || user.password !== password) {
      return undefined;
    }
    const token = `token-${ randomBytes(3).toString('hex') }:${ randomBytes(27).toString('hex') }`;

    this.users.set(token, user);

    return token;
  }

  logout(token: string | undefined): void {
    this.users.delete(token ?? '');
  }

  /** The user of a request: by session cookie, or by the same token in `Authorization: Bearer`. */
  user(headers: Headers): User | undefined {
    const bearer = /^Bearer (.+)$/.exec(headers.get('authorization') ?? '')?.[1];

    return this.users.get(bearer ?? cookie(headers.get('cookie'), SESSION_COOKIE) ?? '');
  }

  token(headers: Headers): string | undefined {
    return cookie(headers.get('cookie'), SESSION_COOKIE);
  }
}

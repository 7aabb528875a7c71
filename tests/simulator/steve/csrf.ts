import { randomBytes } from 'node:crypto';
import { ApiError } from '../store/errors';
import { cookie } from '../rancher/sessions';

const COOKIE = 'CSRF';

/**
 * Steve's protection against forged requests: browsers get a cookie and must send its value back in a header with
 * everything but GET.
 *
 * @returns the cookie to set, if the client has none yet
 * @throws ApiError 422 InvalidCSRFToken
 */
export function checkCsrf(method: string, headers: Headers, query: URLSearchParams): string | undefined {
  if (!(headers.get('user-agent') ?? '').toLowerCase().includes('mozilla')) {
    return undefined;
  }
  const expected = cookie(headers.get('cookie'), COOKIE);

  if (!expected) {
    // A browser's first request may only read. Steve marks the cookie Secure; over plain HTTP not every browser would keep it then
    if (method !== 'GET') {
      throw invalid();
    }

    return `${ COOKIE }=${ randomBytes(16).toString('hex') }; Path=/; SameSite=Lax`;
  }
  if (method !== 'GET' && (headers.get('x-api-csrf') ?? query.get('CSRF')) !== expected) {
    throw invalid();
  }

  return undefined;
}

function invalid(): ApiError {
  return new ApiError(422, 'InvalidCSRFToken', 'Invalid CSRF token');
}

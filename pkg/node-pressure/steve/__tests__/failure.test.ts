import { classifyFailure } from '../failure';

const VERB = 'get nodes/proxy';

describe('kind', () => {
  it.each([
    ['forbidden', { _status: 403, status: 'Failure', message: 'no' }],
    ['forbidden', { type: 'error', status: 403, code: 'Forbidden', message: 'no' }],
    ['notFound', { _status: 404, message: '' }],
    ['offline', { _status: 503, message: 'error trying to reach service: proxy error' }],
    ['offline', { _status: 502, message: '' }],
    ['timeout', { _status: 504, message: '' }],
    ['timeout', { message: 'timeout of 10 ms exceeded', code: 'ECONNABORTED' }],
    ['offline', { message: 'Network Error', code: 'ERR_NETWORK' }],
    ['failed', { _status: 500, message: '' }],
    // Rancher's own 401 carries its status as a text; the session is over, no right is missing
    ['failed', { type: 'error', status: '401', message: 'must authenticate' }],
    ['failed', { message: 'what', code: 7 }],
    ['failed', 'a text'],
    ['failed', null],
  ])('is %s for %j', (kind, reason) => {
    expect(classifyFailure(reason, VERB).kind).toBe(kind);
  });
});

describe('missing right', () => {
  const denied = (message: string): string => classifyFailure({ _status: 403, message }, VERB).verb;

  it('is the one that Kubernetes names', () => {
    expect(denied('nodes.metrics.k8s.io is forbidden: User "u-1" cannot list resource "nodes" in API group "metrics.k8s.io" at the cluster scope')).toBe('list nodes.metrics.k8s.io');
    expect(denied('nodes "n" is forbidden: User "u-1" cannot get resource "nodes/proxy" in API group "" at the cluster scope')).toBe('get nodes/proxy');
  });

  it('is the one that the read takes where the server names none', () => {
    expect(denied('Forbidden')).toBe(VERB);
  });

  it('is not taken from the text of another failure', () => {
    expect(classifyFailure({ _status: 500, message: 'cannot get resource "secrets" in API group ""' }, VERB).verb).toBe(VERB);
  });
});

it('passes the server’s words on', () => {
  expect(classifyFailure({ _status: 500, message: '<script>' }, VERB).message).toBe('<script>');
  expect(classifyFailure(undefined, VERB).message).toBe('undefined');
});

it('says the status where there are no words', () => {
  expect(classifyFailure({ _status: 404, data: '' }, VERB).message).toBe('HTTP 404');
  expect(classifyFailure({ _status: 502, data: '<html>' }, VERB)).toStrictEqual({ kind: 'offline', verb: VERB, message: 'HTTP 502' });
});

import { SECOND } from '../go/duration';
import { goQuote } from '../go/quote';
import { invalidIf, type Rule } from './rules';

/** User ids per pod come in blocks of this size. */
const USER_NAMESPACE_UNIT = 65536n;
const MAX_UINT32 = 2n ** 32n - 1n;
const MIN_LOG_MONITOR_INTERVAL = 3n * SECOND;
const NOT_ASCII = /[^\0-\x7F]/;

/** What depends on the node's operating system, of which upstream tells only the first. */
export const validateHost: Rule = ({ failCgroupV1, singleProcessOOMKill, userNamespaces }, { minor, cgroupVersion }) => {
  const ids = userNamespaces?.idsPerPod ?? null;

  if (failCgroupV1 && cgroupVersion === 1) {
    return [`kubelet is configured to not run on a host using cgroup v1. cgroup v1 support is ${ minor < 35 ? 'in maintenance mode' : 'unsupported and will be removed in a future release' }`];
  }
  if (cgroupVersion === 1 && singleProcessOOMKill === false) {
    return invalidIf(true, 'singleProcessOOMKill must not be explicitly set to false when using cgroup v1');
  }

  return ids === null ? [] : [
    ...invalidIf(ids < USER_NAMESPACE_UNIT, `userNamespaces.idsPerPod must not be less than ${ USER_NAMESPACE_UNIT }`),
    ...invalidIf(ids % USER_NAMESPACE_UNIT !== 0n, `userNamespaces.idsPerPod must be a multiple of ${ USER_NAMESPACE_UNIT }`),
    ...invalidIf(ids > MAX_UINT32, `userNamespaces.idsPerPod must not be more than ${ MAX_UINT32 }`),
  ].slice(0, 1);
};

/** The container runtime's socket and where logs go. */
export const validateLogs: Rule = (configuration, { minor, gates }) => {
  const c = configuration;
  const directory = goQuote(c.podLogsDir);

  return [
    ...invalidIf(c.containerRuntimeEndpoint === '', 'the containerRuntimeEndpoint was not specified or empty'),
    ...invalidIf(c.enableSystemLogQuery && !gates.enabled('NodeLogQuery'), `NodeLogQuery feature gate is required for ${ minor < 35 ? 'enableSystemLogHandler' : 'enableSystemLogQuery' }`),
    ...invalidIf(c.enableSystemLogQuery && !c.enableSystemLogHandler, 'enableSystemLogHandler is required for enableSystemLogQuery'),
    ...invalidIf(c.containerLogMaxWorkers < 1, 'containerLogMaxWorkers must be greater than or equal to 1'),
    ...invalidIf(c.containerLogMonitorInterval < MIN_LOG_MONITOR_INTERVAL, 'containerLogMonitorInterval must be a positive time duration greater than or equal to 3s'),
    ...invalidIf(c.containerLogMaxFiles <= 1 && minor >= 33, 'containerLogMaxFiles must be greater than 1'),
    ...invalidIf(c.podLogsDir === '', 'podLogsDir was not specified'),
    ...invalidIf(!c.podLogsDir.startsWith('/'), `pod logs path ${ directory } must be absolute path`),
    ...invalidIf(!isCleanPath(c.podLogsDir), `pod logs path ${ directory } must be normalized`),
    ...invalidIf(NOT_ASCII.test(c.podLogsDir), `pod logs path ${ directory } mut contains ASCII characters only`),
  ];
};

/** Whether filepath.Clean would leave a path as it is. */
function isCleanPath(path: string): boolean {
  const rooted = path.startsWith('/');
  const segments = path.split('/').slice(rooted ? 1 : 0);

  return path === '/' || path === '.' || segments.every((segment, index) => {
    return segment !== '' && segment !== '.' && (segment !== '..' || (!rooted && segments.slice(0, index).every((earlier) => earlier === '..')));
  });
}

/** The kubelet's own flag set, as flags.scalar starts from it. */
import type { FlagValue } from '../../../pkg/node-pressure/kubelet/flags';
import { StringSliceFlag } from '../../../pkg/node-pressure/kubelet/flagsScalar';
import type { Flag } from '../../../pkg/node-pressure/kubelet/flagSet';
import { type FlagKind, FLAGS, SHORTHANDS } from '../../../pkg/node-pressure/kubelet/config/flagTable';
import { FLAG_VALUES } from '../../../pkg/node-pressure/kubelet/config/flagValues';

/** What a scalar flag of each kind holds without a default of its own. */
const ZERO_VALUES: Readonly<Partial<Record<FlagKind, unknown>>> = { bool: false, int32: 0, duration: 0n, string: '' };

/** The defaults of 1.36 that are not their kind's zero value, as texts of the flag. */
const DEFAULTS: Readonly<Record<string, string>> = {
  'anonymous-auth':                             'true',
  'authentication-token-webhook-cache-ttl':     '2m0s',
  'authorization-webhook-cache-authorized-ttl': '5m0s',
  'authorization-webhook-cache-unauthorized-ttl': '30s',
  'cgroups-per-qos':                            'true',
  'container-log-max-files':                    '5',
  'cpu-cfs-quota':                              'true',
  'cpu-cfs-quota-period':                       '100ms',
  'cpu-manager-reconcile-period':               '10s',
  'enable-controller-attach-detach':            'true',
  'enable-debugging-handlers':                  'true',
  'enable-server':                              'true',
  'event-burst':                                '100',
  'event-qps':                                  '50',
  'eviction-pressure-transition-period':        '5m0s',
  'fail-cgroupv1':                              'true',
  'fail-swap-on':                               'true',
  'file-check-frequency':                       '20s',
  'global-housekeeping-interval':               '1m0s',
  'healthz-port':                               '10248',
  'housekeeping-interval':                      '1s',
  'http-check-frequency':                       '20s',
  'image-gc-high-threshold':                    '85',
  'image-gc-low-threshold':                     '80',
  'kube-api-burst':                             '100',
  'kube-api-qps':                               '50',
  'local-storage-capacity-isolation':           'true',
  'log-flush-frequency':                        '5s',
  'make-iptables-util-chains':                  'true',
  'max-pods':                                   '110',
  'maximum-dead-containers':                    '-1',
  'maximum-dead-containers-per-container':      '1',
  'minimum-image-ttl-duration':                 '2m0s',
  'node-status-max-images':                     '50',
  'node-status-update-frequency':               '10s',
  'oom-score-adj':                              '-999',
  port:                                         '10250',
  'read-only-port':                             '10255',
  'register-node':                              'true',
  'registry-burst':                             '10',
  'registry-qps':                               '5',
  'runtime-request-timeout':                    '2m0s',
  'serialize-image-pulls':                      'true',
  'storage-driver-buffer-duration':             '1m0s',
  'streaming-connection-idle-timeout':          '4h0m0s',
  'sync-frequency':                             '1m0s',
  'volume-stats-agg-period':                    '1m0s',
};

/** A flag of a kind that holds the kind's zero value. */
export function zeroFlag(kind: FlagKind): FlagValue {
  return FLAG_VALUES[kind](ZERO_VALUES[kind] ?? null);
}

function kubeletFlag(kind: FlagKind, name: string): Flag {
  const value = name === 'enforce-node-allocatable' ? new StringSliceFlag(['pods']) : zeroFlag(kind);
  const initial = DEFAULTS[name];

  if (initial !== undefined) {
    value.set(initial);
  }

  return { name, shorthand: SHORTHANDS[name], value };
}

/** Every flag of a kubelet of 1.36, with its kind. */
const KINDS_BY_NAME: ReadonlyMap<string, FlagKind> = new Map(
  Object.entries(FLAGS).flatMap(([kind, names]) => Object.keys(names).map((name) => [name, kind as FlagKind]))
);

/** The kubelet's flags among these names, with their defaults. */
export function kubeletFlags(names: readonly string[]): Flag[] {
  return [...new Set(names)].flatMap((name) => {
    const kind = KINDS_BY_NAME.get(name);

    return kind ? [kubeletFlag(kind, name)] : [];
  });
}

import { KubeletError } from '../../../pkg/node-pressure/kubelet/errors';
import { MapFlag } from '../../../pkg/node-pressure/kubelet/flags';
import type { Separator, StringMap } from '../../../pkg/node-pressure/kubelet/flags';
import type { Disk } from './disk';
import { mergeArguments } from './layers';

export interface Configuration {
  evictionHard?: StringMap;
  evictionSoft?: StringMap;
  evictionSoftGracePeriod?: StringMap;
  evictionMinimumReclaim?: StringMap;
  systemReserved?: StringMap;
  kubeReserved?: StringMap;
  enforceNodeAllocatable?: string[];
  maxPods?: number;
}

/** RKE2's own eviction settings, the same in all versions. */
export const RKE2_EVICTION = {
  evictionHard: { 'imagefs.available': '5%', 'nodefs.available': '5%' },
  evictionMinimumReclaim: { 'imagefs.available': '10%', 'nodefs.available': '10%' },
};

const MAPS: Readonly<Record<string, [keyof Configuration & string, Separator]>> = {
  'eviction-hard': ['evictionHard', '<'], 'eviction-soft': ['evictionSoft', '<'], 'eviction-soft-grace-period': ['evictionSoftGracePeriod', '='],
  'eviction-minimum-reclaim': ['evictionMinimumReclaim', '='], 'system-reserved': ['systemReserved', '='], 'kube-reserved': ['kubeReserved', '='],
};

export function loadConfiguration(_disk: Disk, args: readonly string[], _version: string): Configuration {
  const configuration: Configuration = { ...RKE2_EVICTION, maxPods: 110 };
  const flags = new Map<string, MapFlag>();

  for (const argument of mergeArguments({}, args)) {
    const [, name = '', value = ''] = /^--([^=]*)=?(.*)$/s.exec(argument) ?? [];
    const map = MAPS[name];

    if (map) {
      const flag = flags.get(name) ?? new MapFlag(map[1], null);

      flags.set(name, flag);
      try {
        flag.set(value);
      } catch (error) {
        throw new KubeletError(`invalid argument "${ value }" for "--${ name }" flag: ${ (error as Error).message }`);
      }
      Object.assign(configuration, { [map[0]]: flag.value });
    } else if (name === 'max-pods') {
      configuration.maxPods = Number(value);
    }
  }

  return configuration;
}

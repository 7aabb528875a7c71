/** Every operation of the protocol that we answer. */
import type { Operation } from '../protocol';
import { ops as admission } from './admission';
import { ops as allocatable } from './allocatable';
import { ops as config } from './config';
import { ops as duration } from './duration';
import { ops as eviction } from './eviction';
import { ops as flags } from './flags';
import { ops as memoryQos } from './memoryQos';
import { ops as migration } from './migration';
import { ops as podResources } from './podResources';
import { ops as qos } from './qos';
import { ops as quantity } from './quantity';
import { ops as resize } from './resize';
import { ops as resourceList } from './resourceList';
import { ops as settings } from './settings';
import { ops as swap } from './swap';
import { ops as thresholds } from './thresholds';

const GROUPS: readonly Record<string, Operation>[] = [
  quantity,
  duration,
  flags,
  config,
  resourceList,
  thresholds,
  eviction,
  allocatable,
  podResources,
  qos,
  swap,
  admission,
  memoryQos,
  resize,
  settings,
  migration,
];

export const allOps: ReadonlyMap<string, Operation> = new Map(GROUPS.flatMap(Object.entries<Operation>));

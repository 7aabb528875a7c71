import { attempt } from '../../harvester/amounts';
import { defaultQuota, LIMITS_CPU, LIMITS_MEMORY } from '../../harvester/migration/keys';
import { limitOf, type NamespaceLimits } from '../../harvester/migration/namespaceLimits';
import { isFinal } from '../../harvester/migration/phases';
import { quantityIn } from '../../harvester/migration/quantities';
import { amountOf } from '../../harvester/migration/quotaUsage';
import { migratingKeys, ownerOf } from '../../harvester/migration/raises';
import type { Message, MessageParams } from '../display';
import { amountParam } from './amountParam';
import type { AdvisedLimit, WriteRefusalCode } from './adviceReport';
import type { NamespaceContext } from './namespaceContext';
import { vmOfRaise } from './raiseReports';

/** What decides on writing beside the namespace. */
export interface Circumstances {
  /** Whether an external Rancher manages the project: only that carries the annotation into the quota. */
  readonly rancher: boolean;
  /** The project's limits and what its namespaces sum up to; undefined where that was not read. */
  readonly project?: { readonly limit?: NamespaceLimits | null; readonly usedLimit?: NamespaceLimits | null };
  /** The right that is missing to read it. */
  readonly projectVerb?: string;
  /** Whether the user may patch namespaces. */
  readonly mayWrite: boolean;
}

type Found = MessageParams | undefined;

/** The first change for which the project has too little left; one that it does not limit always fits. */
function projectTooSmall(changes: readonly AdvisedLimit[]): Found {
  const small = changes.find(({ from, to, projectLeft }) => projectLeft !== undefined && to - from > projectLeft);

  return small && { resource: small.resource, ...amountParam('missing', small.resource, small.to - small.from - (small.projectLeft as bigint)) };
}

/** A project whose sum cannot be told: not read, or with an amount that is none. */
function isUnknown(changes: readonly AdvisedLimit[], { project }: Circumstances): boolean {
  return !project || changes.some(({ key, projectLeft }) => project.limit?.[key] && (projectLeft === undefined || !project.usedLimit?.[key]));
}

/** Harvester refuses any change of the quota while a migration has raised it. */
function migrating(context: NamespaceContext): Found {
  const migration = context.objects.migrations.find((one) => !isFinal(one));
  const [key] = migratingKeys(defaultQuota(context.objects.resourceQuotas)?.metadata);

  if (migration) {
    return { name: migration.spec?.vmiName };
  }

  return key === undefined ? undefined : { name: vmOfRaise(context, { owner: ownerOf(key) }), key };
}

/** The first of both limits that Harvester's webhook compares with use, also where it is not the one that changes. */
function belowUse({ objects }: NamespaceContext, limits: NamespaceLimits, changes: readonly AdvisedLimit[]): Found {
  const used = defaultQuota(objects.resourceQuotas)?.status?.used;
  const resource = ([['limitsCpu', LIMITS_CPU], ['limitsMemory', LIMITS_MEMORY]] as const).find(([key, name]) => {
    const present = limitOf(limits, key);
    const limit = changes.find((change) => change.key === key)?.to ?? amountOf(name, present);

    return !present.isZero() && limit < amountOf(name, quantityIn(used, name));
  })?.[1];

  return resource && { resource };
}

/** Everything for which a namespace's quota may not be written; empty: it may. */
export function writeRefusals(context: NamespaceContext, limits: NamespaceLimits | undefined, changes: readonly AdvisedLimit[], circumstances: Circumstances): Message<WriteRefusalCode>[] {
  const below = attempt(() => limits && belowUse(context, limits, changes));
  const found: readonly (readonly [WriteRefusalCode, Found])[] = [
    ['noChange', changes.length === 0 ? {} : undefined],
    ['noRancher', circumstances.rancher ? undefined : {}],
    ['malformed', limits && below.error === undefined ? undefined : {}],
    [circumstances.projectVerb === undefined ? 'projectUnknown' : 'projectForbidden', isUnknown(changes, circumstances) ? { verb: circumstances.projectVerb } : undefined],
    ['projectTooSmall', projectTooSmall(changes)],
    ['migrating', migrating(context)],
    ['belowUse', below.value],
    ['forbidden', circumstances.mayWrite ? undefined : { verb: 'patch namespaces' }],
  ];

  return found.flatMap(([code, params]) => (params ? [{ code, params }] : []));
}

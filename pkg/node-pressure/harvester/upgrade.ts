/** harvesterhci.io/v1beta1 Upgrade, as far as it tells whether it runs. */
export interface Upgrade {
  readonly metadata: { readonly name: string };
  readonly spec?: { readonly version?: string };
  readonly status?: {
    readonly conditions?: readonly { readonly type?: string; readonly status?: string }[];
    readonly nodeStatuses?: Readonly<Record<string, { readonly state?: string }>>;
  };
}

/** management.harvesterhci.io/v1beta1 UpgradePlan of Harvester's upgrade toolkit; its phase was renamed once. */
export interface UpgradePlan {
  readonly metadata: { readonly name: string };
  readonly spec?: { readonly version?: string };
  readonly status?: { readonly currentPhase?: string; readonly phase?: string };
}

/** Steve's names of both types. */
export const UPGRADE_TYPE = 'harvesterhci.io.upgrade';
export const UPGRADE_PLAN_TYPE = 'management.harvesterhci.io.upgradeplan';

/** An upgrade of Harvester that is under way: it reboots one node after the other. */
export interface RunningUpgrade {
  /** What it upgrades to, if that is known. */
  readonly version: string | undefined;
  /** Nodes that it is not done with yet, as far as it has listed them. */
  readonly nodesLeft: readonly string[];
}

/** Harvester sets `Completed` to True or False at the end; until then it is Unknown or not there. */
function isRunning({ status }: Upgrade): boolean {
  const completed = status?.conditions?.find(({ type }) => type === 'Completed')?.status;

  return completed !== 'True' && completed !== 'False';
}

const DONE = 'Succeeded';
const FINAL_PHASES: readonly string[] = [DONE, 'Failed'];

function isPlanRunning({ status }: UpgradePlan): boolean {
  return !FINAL_PHASES.includes(status?.currentPhase ?? status?.phase ?? '');
}

/** The upgrade that is under way, if there is one. Follows pkg/controller/master/upgrade of Harvester. */
export function runningUpgrade(upgrades: readonly Upgrade[], plans: readonly UpgradePlan[]): RunningUpgrade | undefined {
  const upgrade = upgrades.find(isRunning);

  if (upgrade) {
    const nodes = Object.entries(upgrade.status?.nodeStatuses ?? {});

    return { version: upgrade.spec?.version || undefined, nodesLeft: nodes.filter(([, { state }]) => state !== DONE).map(([name]) => name) };
  }
  const plan = plans.find(isPlanRunning);

  return plan && { version: plan.spec?.version, nodesLeft: [] };
}

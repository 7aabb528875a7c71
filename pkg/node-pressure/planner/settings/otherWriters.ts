/** Who else has a say in a kubelet's arguments: other policies, other CloudInits, other layers. */
import { attempt } from '../../harvester/amounts';
import { isManaged, roleOf, type Node } from '../../harvester/node';
import { kubeletArgsOf, SETTINGS_FILE } from './file';
import { isPolicy, matchesNode, type CloudInit, type Policy } from './policy';
import { MAP_FLAGS, type Settings } from './settings';

/** Two policies that match the same nodes; only one of their files can win. */
export interface PolicyOverlap {
  readonly policies: readonly [string, string];
  readonly nodes: readonly string[];
}

/** The nodes that a policy is for today: those that its selector matches, witness nodes left out as by the guard. */
export function nodesOf(policy: Pick<Policy, 'matchSelector'>, nodes: readonly Node[]): Node[] {
  return nodes.filter((node) => isManaged(node) && roleOf(node) !== 'witness' && matchesNode(policy.matchSelector, node));
}

/** Policies that would meet on one of today's nodes. */
export function policyOverlaps(policies: readonly Policy[], nodes: readonly Node[]): PolicyOverlap[] {
  const matched = policies.map((policy) => ({ name: policy.name, names: new Set(nodesOf(policy, nodes).map(({ metadata }) => metadata.name)) }));

  return matched.flatMap((one, index) => matched.slice(index + 1).flatMap((other) => {
    const both = [...one.names].filter((name) => other.names.has(name));

    return both.length > 0 ? [{ policies: [one.name, other.name] as const, nodes: both }] : [];
  }));
}

/** A CloudInit of somebody else's that touches what we write. */
export interface OtherCloudInit {
  readonly name: string;
  /** It writes, or removes, our very file; otherwise it has kubelet arguments or a kubelet configuration of its own. */
  readonly touchesOurFile: boolean;
}

const KUBELET_CONFIGURATION = ['kubelet-arg', '/agent/etc/kubelet.conf.d/'];

/** CloudInits without our label whose contents have to do with a kubelet's configuration. */
export function otherCloudInits(cloudInits: readonly CloudInit[]): OtherCloudInit[] {
  return cloudInits.filter((cloudInit) => !isPolicy(cloudInit)).flatMap(({ metadata: { name }, spec: { contents } }) => {
    const touchesOurFile = contents.includes(SETTINGS_FILE);

    return touchesOurFile || KUBELET_CONFIGURATION.some((text) => contents.includes(text)) ? [{ name, touchesOurFile }] : [];
  });
}

const FLAGS: readonly string[] = [...Object.values(MAP_FLAGS), 'eviction-max-pod-grace-period', 'eviction-pressure-transition-period'];

/** What Harvester itself passes: CPU reservations alone. */
const HARVESTERS = /^(system|kube)-reserved=cpu=[^,]*$/;

/**
 * The eviction and reservation arguments that a node's RKE2 was last started with and that are neither Harvester's nor of
 * these settings: another file in its configuration sets them.
 *
 * @param nodeArgs annotation `rke2.io/node-args`, JSON
 * @param settings what our file on the node says
 */
export function otherArguments(nodeArgs: string | undefined, settings: Settings): string[] {
  const args = attempt(() => JSON.parse(nodeArgs ?? '[]') as unknown).value;
  const ours = kubeletArgsOf(settings);
  const isForOurFlags = (arg: unknown): arg is string => typeof arg === 'string' && FLAGS.some((flag) => arg.startsWith(`${ flag }=`) || arg.startsWith(`${ flag }+=`) || arg.startsWith(`${ flag }-=`));

  return (Array.isArray(args) ? args : []).filter(isForOurFlags).filter((arg) => !HARVESTERS.test(arg) && !ours.includes(arg));
}

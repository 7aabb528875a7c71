/** The labels that a policy chooses its nodes by, and whether Kubernetes allows them. */
import { finding, type Finding } from './finding';
import { someNames } from './findingDisplay';

type Labels = Readonly<Record<string, string>>;

const NAME = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const DNS_SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const MAX_PREFIX = 253;

/** Whether a text is a qualified name: a name, or a DNS subdomain, a slash and a name (follows `IsQualifiedName` of k8s.io/apimachinery). */
export function isLabelKey(key: string): boolean {
  const [name, prefix, ...more] = key.split('/').reverse() as [string, ...string[]];

  return NAME.test(name) && more.length === 0 && (prefix === undefined || (prefix.length <= MAX_PREFIX && DNS_SUBDOMAIN.test(prefix)));
}

/** Whether a text may be a label's value, which may be empty (follows `IsValidLabelValue` of k8s.io/apimachinery). */
export function isLabelValue(value: string): boolean {
  return value === '' || NAME.test(value);
}

/** What Kubernetes would never have on a node: no node can match it. */
export function labelFindings(labels: Labels): Finding[] {
  const wrong = (code: 'labelKey' | 'labelValue', isRight: (key: string, value: string) => boolean): Finding[] => {
    const found = Object.entries(labels).filter(([key, value]) => !isRight(key, value)).map(([key, value]) => `${ key }=${ value }`);

    return found.length > 0 ? [finding(code, undefined, { ...someNames(found) })] : [];
  };

  return [...wrong('labelKey', isLabelKey), ...wrong('labelValue', (_key, value) => isLabelValue(value))];
}

/** Everything that is wrong with a choice of nodes, wherever the nodes are. */
export function selectorFindings(matchSelector: Labels): Finding[] {
  return Object.keys(matchSelector).length === 0 ? [finding('selectorEmpty')] : labelFindings(matchSelector);
}

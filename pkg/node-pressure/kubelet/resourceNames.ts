/** What a resource's name says about it. Follows pkg/apis/core/v1/helper/helpers.go. */

const NATIVE_NAMESPACE = 'kubernetes.io/';
const QUOTA_PREFIX = 'requests.';
const DNS_LABEL = '[a-z0-9](?:[-a-z0-9]*[a-z0-9])?';
const SUBDOMAIN = new RegExp(`^${ DNS_LABEL }(?:\\.${ DNS_LABEL })*$`);
const NAME = /^(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const MAX_SUBDOMAIN = 253;
const MAX_NAME = 63;

/** `IsHugePageResourceName` */
export function isHugePageResourceName(name: string): boolean {
  return name.startsWith('hugepages-');
}

/** `IsQualifiedName` of a name with a slash. A second slash fails the pattern of the part behind the first. */
function isPrefixedQualifiedName(text: string): boolean {
  const slash = text.indexOf('/');
  const prefix = text.slice(0, slash);
  const name = text.slice(slash + 1);

  return prefix.length <= MAX_SUBDOMAIN && SUBDOMAIN.test(prefix) && name.length <= MAX_NAME && NAME.test(name);
}

/** `IsExtendedResourceName`: a resource of somebody else's, such as `nvidia.com/gpu` or `devices.kubevirt.io/kvm`. */
export function isExtendedResourceName(name: string): boolean {
  const isForeign = name.includes('/') && !name.includes(NATIVE_NAMESPACE) && !name.startsWith(QUOTA_PREFIX);

  // A quota must be able to name it, too
  return isForeign && isPrefixedQualifiedName(`${ QUOTA_PREFIX }${ name }`);
}

/** `IsScalarResourceName` (pkg/scheduler/util): counted on a node beside cpu, memory, ephemeral-storage and pods. */
export function isScalarResourceName(name: string): boolean {
  return isHugePageResourceName(name) || name.includes(NATIVE_NAMESPACE) || name.startsWith('attachable-volumes-') || isExtendedResourceName(name);
}

import type { Grant, PolicyRule } from './rules';

/** Someone who can log in. */
export interface User {
  /** Login name, and name of the `management.cattle.io` User. */
  name: string;
  password: string;
  displayName: string;
  /** What is special about this user, for people who choose one. */
  about: string;
  grants: readonly Grant[];
}

const ANY = ['*'] as const;
const READ = ['get', 'list', 'watch'] as const;

/** What Kubernetes allows everyone who is logged in: system:basic-user and system:discovery. */
const EVERYONE: PolicyRule = {
  apiGroups: ['authorization.k8s.io'],
  resources: ['selfsubjectaccessreviews', 'selfsubjectrulesreviews'],
  verbs: ['create'],
};

/** Core resources one by one: in RBAC `*` would include `nodes/proxy`. */
const CORE_WITHOUT_NODE_PROXY = [
  'configmaps',
  'endpoints',
  'events',
  'limitranges',
  'namespaces',
  'nodes',
  'nodes/status',
  'persistentvolumeclaims',
  'persistentvolumes',
  'pods',
  'pods/eviction',
  'pods/exec',
  'pods/log',
  'pods/status',
  'resourcequotas',
  'resourcequotas/status',
  'secrets',
  'serviceaccounts',
  'services',
] as const;

/** Every API group of a Harvester cluster but node-manager's, whose CloudInits write files on hosts. */
const GROUPS_WITHOUT_NODE_MANAGER = [
  '',
  'apiextensions.k8s.io',
  'apps',
  'authorization.k8s.io',
  'batch',
  'catalog.cattle.io',
  'harvesterhci.io',
  'k8s.cni.cncf.io',
  'kubevirt.io',
  'longhorn.io',
  'management.cattle.io',
  'management.harvesterhci.io',
  'metrics.k8s.io',
  'network.harvesterhci.io',
  'policy',
  'provisioning.cattle.io',
  'scheduling.k8s.io',
  'storage.k8s.io',
  'ui.cattle.io',
  'upgrade.cattle.io',
] as const;

function everywhere(...rules: PolicyRule[]): readonly Grant[] {
  return [{ cluster: '*', rules: [...rules, EVERYONE] }];
}

/** The users of every scenario; each one's password is the name. */
export const USERS: readonly User[] = [
  {
    name: 'admin',
    password: 'admin',
    displayName: 'Default Admin',
    about: 'may do everything',
    grants: everywhere({ apiGroups: ANY, resources: ANY, verbs: ANY }),
  },
  {
    name: 'readonly',
    password: 'readonly',
    displayName: 'Read Only',
    about: 'sees everything, changes nothing',
    grants: everywhere({ apiGroups: ANY, resources: ANY, verbs: READ }),
  },
  {
    name: 'noproxy',
    password: 'noproxy',
    displayName: 'No Node Proxy',
    about: 'may do everything but reach the kubelets (nodes/proxy)',
    grants: everywhere(
      { apiGroups: [''], resources: CORE_WITHOUT_NODE_PROXY, verbs: ANY },
      { apiGroups: GROUPS_WITHOUT_NODE_MANAGER.slice(1), resources: ANY, verbs: ANY },
      { apiGroups: ['node.harvesterhci.io'], resources: ANY, verbs: ANY },
    ),
  },
  {
    name: 'nocloudinit',
    password: 'nocloudinit',
    displayName: 'No CloudInit',
    about: 'may do everything but see or write CloudInits (node.harvesterhci.io)',
    grants: everywhere({ apiGroups: GROUPS_WITHOUT_NODE_MANAGER, resources: ANY, verbs: ANY }),
  },
];

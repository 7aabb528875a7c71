import { apiVersion } from '../kinds/kind';
import type { Cluster } from '../cluster';
import type { Reply } from '../request';

function resourceList(cluster: Cluster, groupVersion: string): Reply | undefined {
  const kinds = cluster.kinds.all.filter((kind) => apiVersion(kind) === groupVersion);

  return kinds.length === 0 ? undefined : {
    status: 200,
    body: {
      kind: 'APIResourceList',
      apiVersion: 'v1',
      groupVersion,
      resources: kinds.map(({ resource, kind, namespaced, verbs }) => ({
        name: resource,
        singularName: kind.toLowerCase(),
        namespaced,
        kind,
        verbs,
      })),
    },
  };
}

function groupList(cluster: Cluster): Reply {
  const versions = new Map(cluster.kinds.all.filter(({ group }) => group !== '').map((kind) => [kind.group, kind.version]));
  const groups = [...versions].map(([name, version]) => ({
    name,
    versions: [{ groupVersion: `${ name }/${ version }`, version }],
    preferredVersion: { groupVersion: `${ name }/${ version }`, version },
  }));

  return { status: 200, body: { kind: 'APIGroupList', apiVersion: 'v1', groups } };
}

/** What the Kubernetes API says about itself; undefined when the path is about something else. */
export function discovery(cluster: Cluster, path: string): Reply | undefined {
  switch (path.replace(/\/$/, '')) {
  case '/version': {
    const [, major = '1', minor = ''] = /^v(\d+)\.(\d+)/.exec(cluster.kubernetesVersion) ?? [];

    return {
      status: 200,
      body: {
        major,
        minor,
        gitVersion: cluster.kubernetesVersion,
        gitCommit: '',
        gitTreeState: 'clean',
        buildDate: '2026-08-01T00:00:00Z',
        goVersion: 'go1.26.8',
        compiler: 'gc',
        platform: 'linux/amd64',
      },
    };
  }
  case '/api':
    return { status: 200, body: { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs: [] } };
  case '/apis':
    return groupList(cluster);
  case '/api/v1':
    return resourceList(cluster, 'v1');
  default: {
    const group = /^\/apis\/([^/]+\/[^/]+)\/?$/.exec(path);

    return group?.[1] ? resourceList(cluster, group[1]) : undefined;
  }
  }
}

import type { SettingsNode } from './node';

/** The CPU that nodes' kubelets reserve for system and Kubernetes, as texts such as `480m + 576m`, each once: Harvester sets them by the cores. */
export function harvesterCpu(nodes: readonly SettingsNode[]): string[] {
  const pairs = nodes.flatMap(({ role, configuration }) => {
    const reserved = [configuration?.systemReserved?.['cpu'], configuration?.kubeReserved?.['cpu']].filter((text) => text !== undefined);

    return role === 'witness' || reserved.length === 0 ? [] : [reserved.join(' + ')];
  });

  return [...new Set(pairs)].sort();
}

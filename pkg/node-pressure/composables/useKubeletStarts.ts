import { watch, type Ref } from 'vue';
import { kubeletIncarnation, type Node } from '../harvester/node';
import type { Readings } from './readings';

/** Forgets what was read of nodes that are gone, and asks a kubelet again that may have been started anew. Call in `setup`. */
export function useKubeletStarts(nodes: Readonly<Ref<readonly Node[]>>, readings: readonly Pick<Readings<unknown>, 'keep' | 'expire'>[]): void {
  const incarnations = new Map<string, string>();

  watch(() => nodes.value.map((node): [string, string] => [node.metadata.name, kubeletIncarnation(node)]), (list) => {
    const names = new Set(list.map(([name]) => name));

    readings.forEach(({ keep }) => keep(names));
    list.filter(([name, incarnation]) => (incarnations.get(name) ?? incarnation) !== incarnation).forEach(([name]) => {
      readings.forEach(({ expire }) => expire(name));
    });
    list.forEach(([name, incarnation]) => incarnations.set(name, incarnation));
  }, { immediate: true });
}

import { attempt } from '../../harvester/amounts';

/** On every node of RKE2's: what it was last started with, merged from all of its files, as JSON. */
export const NODE_ARGS_ANNOTATION = 'rke2.io/node-args';

const KUBELET_ARG = '--kubelet-arg';

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

/**
 * The kubelet's arguments among RKE2's, in the order in which its files give them; undefined when the annotation is
 * missing or no list of texts.
 */
export function kubeletArgsIn(nodeArgs: string | undefined): string[] | undefined {
  const args = nodeArgs === undefined ? undefined : attempt(() => JSON.parse(nodeArgs) as unknown).value;

  if (!isTexts(args)) {
    return undefined;
  }

  return args.flatMap((arg, index) => {
    if (arg.startsWith(`${ KUBELET_ARG }=`)) {
      return [arg.slice(KUBELET_ARG.length + 1)];
    }

    return args[index - 1] === KUBELET_ARG ? [arg] : [];
  });
}

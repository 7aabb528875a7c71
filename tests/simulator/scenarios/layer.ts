/** The file that the product writes, as if an admin had set its values a while ago. */
export const LAYER = '99-z02-node-pressure.yaml';

/** A layer of `config.yaml.d` that adds kubelet arguments. */
export function kubeletArgLayer(args: readonly string[]): string {
  return `kubelet-arg+:\n${ args.map((argument) => `- "${ argument }"\n`).join('') }`;
}

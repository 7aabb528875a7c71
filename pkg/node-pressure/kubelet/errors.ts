/**
 * The only exception that a public function of the kubelet core throws, whatever its input.
 *
 * Its message is the kubelet's own text, unchanged, so that it can be shown to an admin and searched for;
 * where a message is ours (a bound that the kubelet does not have), the function's doc comment says so.
 */
export class KubeletError extends Error {
  override readonly name = 'KubeletError';
}

import { toRaw } from 'vue';

const known = new WeakMap<object, object>();

/**
 * An object of the Dashboard's store as it is now, plain: reading a thousand reactive ones again and again takes longer than
 * anything that is worked out of them. The same one as long as the store has heard nothing new of the object; whoever asks in
 * an effect is told when it has.
 */
export function snapshotOf<T extends { readonly metadata: object }>(object: T): T {
  // What the store hears of an object replaces all that it has of it
  const metadata = toRaw(object.metadata);
  const snapshot = known.get(metadata) as T | undefined ?? { ...toRaw(object) };

  known.set(metadata, snapshot);

  return snapshot;
}

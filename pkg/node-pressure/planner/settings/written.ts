/** What our file on a node says, as far as the kubelet was started with it. */
import { kubeletArgsOf } from './file';
import { wasStartedWith } from './drift';
import type { Policy } from './policy';
import type { Settings } from './settings';

/** All settings that a policy is known to have had, the present ones first. */
export function knownSettings({ contents, history }: Policy): Settings[] {
  const before = history.flatMap((entry) => entry.before ?? []);

  return contents.kind === 'settings' ? [contents.settings, ...before] : before;
}

/**
 * The settings among known ones that a node's RKE2 was last started with. Several may fit, since arguments only add up:
 * those that account for most of them are meant.
 *
 * @param nodeArgs annotation `rke2.io/node-args`, JSON
 */
export function writtenSettings(known: readonly Settings[], nodeArgs: string | undefined): Settings | undefined {
  const fitting = known.filter((settings) => wasStartedWith(settings, nodeArgs));

  return fitting.sort((a, b) => kubeletArgsOf(b).length - kubeletArgsOf(a).length)[0];
}

import { isRecord } from '../store/objects';
import { evaluateCondition } from './condition';
import type { ConditionContext } from './condition';
import { OEM_DIRECTORY } from './disk';
import type { Disk } from './disk';
import { parseYaml11 } from './layers';
import { NotSimulated } from './notSimulated';

/** What a boot file does to the disk. */
export type Action = { write: string; content: string } | { remove: string };

/** Stages of a boot, in order; each has a part before and one after it. */
const STAGES = ['rootfs', 'initramfs', 'boot', 'fs', 'network', 'reconcile'].flatMap((stage) => [`${ stage }.before`, stage, `${ stage }.after`]);
const KNOWN = ['name', 'if', 'files', 'commands'];
const FILE_KEYS = ['path', 'content', 'permissions', 'owner', 'group'];

const asList = (value: unknown, what: string): unknown[] => {
  if (value === undefined || value === null) {
    return [];
  }
  if (!Array.isArray(value)) {
    throw new Error(`yaml: unmarshal errors: cannot unmarshal ${ what } into a list`);
  }

  return value;
};

function fileAction(file: unknown): Action {
  if (!isRecord(file) || typeof file.path !== 'string' || !file.path.startsWith('/')) {
    throw new NotSimulated('a file without an absolute path');
  }
  const odd = Object.keys(file).find((key) => !FILE_KEYS.includes(key));

  if (odd) {
    throw new NotSimulated(`the key ${ odd } of a file`);
  }

  return { write: file.path, content: String(file.content ?? '') };
}

/** `rm -f PATH…`, the one command that is simulated. */
function commandActions(command: unknown): Action[] {
  const paths = /^rm -f((?: +(?:\/[\w./-]+|"\/[\w./-]+"|'\/[\w./-]+'))+)$/.exec(String(command).trim())?.[1];

  if (!paths) {
    throw new NotSimulated(`the command ${ JSON.stringify(command) }`);
  }

  return paths
    .trim()
    .split(/ +/)
    .map((path) => ({ remove: path.replace(/^(["'])(.*)\1$/, '$2') }));
}

function stepActions(step: unknown, context: ConditionContext): Action[] {
  if (!isRecord(step)) {
    throw new Error('yaml: unmarshal errors: a step is no mapping');
  }
  const odd = Object.keys(step).find((key) => !KNOWN.includes(key));

  if (odd) {
    throw new NotSimulated(`the key ${ odd } of a yip step`);
  }
  if (typeof step.if === 'string' && step.if.trim() !== '' && !evaluateCondition(step.if.trim(), context)) {
    return [];
  }

  return [...asList(step.files, 'files').map(fileAction), ...asList(step.commands, 'commands').flatMap(commandActions)];
}

/** The stages of one boot file. A file that yip cannot read it skips, with an error in the journal. */
function stagesOf(content: string): Record<string, unknown> {
  if (content.includes('{{')) {
    throw new NotSimulated('Go templates in boot files');
  }
  try {
    const parsed = parseYaml11(content);

    return isRecord(parsed) && isRecord(parsed.stages) ? parsed.stages : {};
  } catch {
    return {};
  }
}

/**
 * What the boot files of `/oem` do, stage by stage and within a stage in the files' byte order. `if:` sees the disk as
 * earlier steps left it.
 *
 * @throws NotSimulated before anything has been changed
 */
export function bootActions(disk: Disk, memTotalKib: number): Action[] {
  const files = disk
    .names(OEM_DIRECTORY)
    .filter((name) => /\.ya?ml$/.test(name))
    .map((name) => stagesOf(disk.read(`${ OEM_DIRECTORY }/${ name }`) ?? ''));
  const actions: Action[] = [];
  const exists = (path: string): boolean => {
    const last = actions.findLast((action) => ('write' in action ? action.write : action.remove) === path);

    return last ? 'write' in last : disk.has(path);
  };

  for (const stage of STAGES) {
    for (const stages of files) {
      for (const step of asList(stages[stage], stage)) {
        actions.push(...stepActions(step, { exists, memTotalKib }));
      }
    }
  }

  return actions;
}

export function apply(disk: Disk, actions: readonly Action[]): void {
  for (const action of actions) {
    if ('write' in action) {
      disk.write(action.write, action.content);
    } else {
      disk.remove(action.remove);
    }
  }
}

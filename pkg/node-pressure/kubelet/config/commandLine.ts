import { KubeletError } from '../errors';
import { FlagSet, type Flag } from '../flagSet';
import type { Fields } from './decode';
import { FIRST_MINOR, FLAGS, REMOVED_FLAGS, SHORTHANDS, type FlagKind } from './flagTable';
import { FLAG_VALUES, type BoundFlag } from './flagValues';
import type { KubeletConfiguration } from './types';

interface Binding {
  readonly flag: Flag;
  readonly path: readonly string[];
  readonly value: BoundFlag;
  /** What the flag holds before any occurrence. */
  readonly initial: unknown;
}

/**
 * Sets what a command line says on a configuration. Follows the kubelet's own flag set (cmd/kubelet/app/options).
 *
 * Not checked are values of flags with a format of their own: addresses, taints, labels, log levels, reserved memory.
 *
 * @throws KubeletError with pflag's text for what the kubelet would not parse, `unknown command x` for a stray argument
 */
export function applyCommandLine(configuration: KubeletConfiguration, args: readonly string[], minor: number): KubeletConfiguration {
  const bindings = bind(configuration, minor);
  const [stray] = parse(bindings, args);

  if (stray !== undefined) {
    throw new KubeletError(`unknown command ${ stray }`);
  }

  return bindings
    .filter(({ path, value, initial }) => path.length > 0 && value.value !== initial)
    .reduce((changed, { path, value }) => withField(changed, path, value.value) as unknown as KubeletConfiguration, configuration);
}

function parse(bindings: readonly Binding[], args: readonly string[]): string[] {
  try {
    return new FlagSet(bindings.map(({ flag }) => flag)).parse(args);
  } catch (error) {
    throw new KubeletError(`failed to parse kubelet flag: ${ (error as KubeletError).message }`);
  }
}

function bind(configuration: KubeletConfiguration, minor: number): Binding[] {
  const present = Object.entries(FLAGS)
    .flatMap(([kind, flags]) => Object.entries(flags).map(([name, path]) => ({ name, kind: kind as FlagKind, path })))
    .filter(({ name }) => minor >= (FIRST_MINOR[name] ?? 0));
  const former = REMOVED_FLAGS.filter(({ lastMinor }) => minor <= lastMinor).map(({ name, kind }) => ({ name, kind, path: '' }));

  return [...present, ...former, { name: 'version', kind: 'bool' as const, path: '' }].map(({ name, kind, path }) => {
    const fields = path === '' ? [] : path.split('.');
    const value = FLAG_VALUES[kind](path === '' ? undefined : fields.reduce<unknown>((inner, field) => (inner as Fields)[field], configuration));

    return { flag: { name, shorthand: SHORTHANDS[name], value }, path: fields, value, initial: value.value };
  });
}

function withField(fields: object, [name, ...deeper]: readonly string[], value: unknown): Fields {
  const known = fields as Fields;

  return { ...known, [name as string]: deeper.length > 0 ? withField(known[name as string] as Fields, deeper, value) : value };
}

import { goQuote } from '../go/quote';
import { invalidIf, type Rule } from './rules';

const NONE = 'none';
const FLAG = 'enforceNodeAllocatable (--enforce-node-allocatable)';
/** Enforcement of compressible resources alone, and a refusal of both kinds together, came with this minor version. */
const COMPRESSIBLE_SINCE = 32;
/** From this one on each enforcement is looked at by itself: doubled ones, and those that need cgroupsPerQOS. */
const EACH_SINCE = 31;

/** Enforcements that need the name of a cgroup, with the setting that names it. */
const CGROUPS = [
  { key: 'system-reserved', field: 'systemReservedCgroup', flag: '--system-reserved-cgroup' },
  { key: 'kube-reserved', field: 'kubeReservedCgroup', flag: '--kube-reserved-cgroup' },
] as const;

const compressible = (key: string): string => `${ key }-compressible`;

/** Which of the reservations are enforced: names, and what they go together with. */
export const validateEnforcement: Rule = (configuration, context) => {
  const enforced = configuration.enforceNodeAllocatable ?? [];
  const both = context.minor < COMPRESSIBLE_SINCE ? [] : CGROUPS.filter(({ key }) => enforced.includes(key) && enforced.includes(compressible(key)));

  return [
    ...both.flatMap(({ key }) => invalidIf(true, `both ${ goQuote(key) } and ${ goQuote(compressible(key)) } cannot be specified together in ${ FLAG }`)),
    ...enforced.flatMap((key, index) => {
      const isDoubled = context.minor >= EACH_SINCE && enforced.indexOf(key) < index;

      return isDoubled ? invalidIf(true, `duplicated enforcements ${ goQuote(key) } in ${ FLAG }`) : validateKey(key, enforced.length)(configuration, context);
    }),
  ];
};

function validateKey(key: string, enforcements: number): Rule {
  if (key === 'pods') {
    return needsCgroups(key);
  }
  if (key === NONE) {
    return () => invalidIf(enforcements > 1, `${ FLAG } may not contain additional enforcements when ${ goQuote(NONE) } is specified`);
  }

  return (configuration, context) => {
    const cgroup = CGROUPS.find((candidate) => key === candidate.key || (key === compressible(candidate.key) && context.minor >= COMPRESSIBLE_SINCE));

    if (!cgroup) {
      return invalidIf(true, `option ${ goQuote(key) } specified for ${ FLAG }. Valid options are ${ validOptions(context.minor) }`);
    }

    const included = context.minor < COMPRESSIBLE_SINCE ? `${ goQuote(cgroup.key) } contained` : `${ goQuote(cgroup.key) } or ${ goQuote(compressible(cgroup.key)) } included`;

    return [
      ...invalidIf(configuration[cgroup.field] === '', `${ cgroup.field } (${ cgroup.flag }) must be specified when ${ included } in ${ FLAG }`),
      ...needsCgroups(key)(configuration, context),
    ];
  };
}

function needsCgroups(key: string): Rule {
  return ({ cgroupsPerQOS }, { minor }) => invalidIf(!cgroupsPerQOS && minor >= EACH_SINCE, `cgroupsPerQOS (--cgroups-per-qos) must be set to true when ${ goQuote(key) } contained in ${ FLAG }`);
}

function validOptions(minor: number): string {
  const keys = minor < COMPRESSIBLE_SINCE ? CGROUPS.map(({ key }) => key) : CGROUPS.flatMap(({ key }) => [key, compressible(key)]);
  const listed = ['pods', ...keys].map(goQuote).join(', ');

  return `${ listed }${ minor < COMPRESSIBLE_SINCE ? ',' : '' } or ${ goQuote(NONE) }`;
}

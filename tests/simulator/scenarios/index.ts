import { large } from './large';
import { migration, thousandMachines } from './migration';
import type { Scenario } from './plan';
import { pressure } from './pressure';
import { small } from './small';
import { empty, featureOff, single, witness } from './variants';

/** Every scenario, by the name that `--scenario` takes. Those that are large are made when asked for. */
const SCENARIOS: Readonly<Record<string, () => Scenario>> = {
  small: () => small,
  pressure: () => pressure,
  witness: () => witness,
  single: () => single,
  hundred: () => large('hundred', 100),
  thousand: () => large('thousand', 1000),
  empty: () => empty,
  'feature-off': () => featureOff,
  migration: () => migration,
  'thousand-vms': () => thousandMachines(large('hundred', 100)),
};

export const SCENARIO_NAMES = Object.keys(SCENARIOS);

/** @throws Error that lists the names there are */
export function scenario(name: string): Scenario {
  const make = Object.hasOwn(SCENARIOS, name) ? SCENARIOS[name] : undefined;

  if (!make) {
    throw new Error(`no scenario "${ name }"; there are ${ SCENARIO_NAMES.join(', ') }`);
  }

  return make();
}

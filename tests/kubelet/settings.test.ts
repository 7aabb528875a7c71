/** Whatever settings the product writes or refuses: what becomes of a real kubelet whose machine has them on its disk. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { anySettings } from '../../pkg/node-pressure/planner/settings/__tests__/builders';
import { settingsAfter } from '../../pkg/node-pressure/planner/settings/effective';
import { isWritable, kubeletArgsOf, renderSettings, SETTINGS_FILE } from '../../pkg/node-pressure/planner/settings/file';
import { stopsKubelet } from '../../pkg/node-pressure/planner/settings/finding';
import { kubeletFindings } from '../../pkg/node-pressure/planner/settings/kubeletRules';
import type { SettingsNode } from '../../pkg/node-pressure/planner/settings/node';
import { startWith } from '../../pkg/node-pressure/planner/settings/outcome';
import { MAP_SETTINGS } from '../../pkg/node-pressure/planner/settings/settings';
import type { Settings } from '../../pkg/node-pressure/planner/settings/settings';
import type { NodePlan } from '../simulator/scenarios/plan';
import { startKubelets } from './support/check';
import { machine, question, settingsNode } from './support/machine';
import type { MachineAnswer } from './support/machine';

const COUNT = 2_600;
const SEED = Number(process.env.NODE_PRESSURE_SEED ?? 20_266);
const GIB = 2 ** 30;

/** Of whole KiB, as Linux tells them. */
const MACHINES: readonly NodePlan[] = [
  machine(2, 2 * GIB, 20 * GIB), machine(4, 8_371_830_784, 60 * GIB), machine(8, 33_623_781_376, 483_183_820_800),
  machine(16, 67_847_979_008, 450 * GIB - 37 * 2 ** 20), machine(64, 540_092_108_800, 4_000_000_000_000), machine(1, 1_499_996_160, 8 * GIB),
];

const spread = { noNullPrototype: true };

/** Reservations and thresholds about as large as the machine, to the byte. */
function tightSettings({ memoryBytes, diskBytes }: NodePlan): fc.Arbitrary<Settings> {
  const near = (total: number): fc.Arbitrary<string> => fc.tuple(fc.constantFrom(0.25, 0.5, 0.75, 1), fc.integer({ min: -2, max: 2 })).map(([share, more]) => String(Math.floor(total * share) + more));
  const reserved = fc.record({ memory: near(memoryBytes), 'ephemeral-storage': near(diskBytes) }, { requiredKeys: [], ...spread });

  return fc.record({
    evictionHard: fc.record({ 'memory.available': fc.oneof(near(memoryBytes), fc.constantFrom('25%', '50%', '99.9%')), 'nodefs.available': fc.constantFrom('5%', '50%', '1Gi') }, { requiredKeys: [], ...spread }),
    systemReserved: reserved,
    kubeReserved: reserved,
  }, { requiredKeys: [], ...spread });
}

interface Case { plan: NodePlan; settings: Settings }

const anyCase: fc.Arbitrary<Case> = fc.constantFrom(...MACHINES).chain((plan) => fc.oneof(anySettings, tightSettings(plan)).map((settings) => ({ plan, settings })));

/** The file as it would be if nothing kept the product from writing it. */
function fileOf(settings: Settings): string {
  return `${ ['kubelet-arg+:', ...kubeletArgsOf(settings).map((arg) => `- ${ JSON.stringify(arg) }`)].join('\n') }\n`;
}

/** The numbers in which Go prints large ones are addresses; complaints about several resources come in no certain order. */
const complaints = (text: string): string[] => text.replaceAll(/\{0x[0-9a-f…]+\}/g, '{0x…}').split(/(?=Resource ")/).map((part) => part.trim());

/** Whether the kubelet says what was foretold, all of it. */
function isReason(reason: string, error: string): boolean {
  const said = complaints(error).map((part) => part.replace(/^Failed to start ContainerManager: /, ''));

  return error.endsWith(reason) || (complaints(reason).every((part) => said.includes(part)) && said.length === complaints(reason).length);
}

interface Verdict { starts: boolean; reasons: string[]; allocatable: string | undefined }

/** What the product says before anything is written. */
function verdict(node: SettingsNode, settings: Settings): Verdict {
  const stops = kubeletFindings(settings).filter(stopsKubelet);

  if (stops.length > 0) {
    return { starts: false, reasons: stops.map(({ params }) => String(params.kubeletText)), allocatable: undefined };
  }
  const { outcome, failure } = startWith(node, settingsAfter(node, settings));

  return { starts: !failure, reasons: failure ? [failure.kubeletText] : [], allocatable: outcome?.allocatable['memory']?.value().toString() };
}

/** How a real kubelet's end and the product's verdict differ, if they do. */
function disagreement({ settings }: Case, said: Verdict, { error, allocatable }: MachineAnswer): string | undefined {
  if (said.starts !== (error === undefined)) {
    return `${ JSON.stringify(settings) }: ${ said.starts ? 'accepted' : `refused (${ said.reasons.join('; ') })` }, but the kubelet ${ error === undefined ? 'runs' : `says ${ error }` }`;
  }
  if (error !== undefined && !said.reasons.some((reason) => isReason(reason, error))) {
    return `${ JSON.stringify(settings) }: refused for ${ JSON.stringify(said.reasons) }, but the kubelet says ${ JSON.stringify(error) }`;
  }

  return said.allocatable === undefined || amount(allocatable?.['memory']) === said.allocatable ? undefined : `${ JSON.stringify(settings) }: ${ said.allocatable } bytes allocatable, but the kubelet says ${ allocatable?.['memory'] }`;
}

const amount = (text = '0'): string => settingsNode({ kubeletArgs: [], configuration: {}, capacity: { memory: text } }).capacity['memory']?.value().toString() ?? '';

/** Boot files go through Go's templates before the kubelet sees any of this. */
const isTemplate = (settings: Settings): boolean => JSON.stringify(settings).includes('{{');

/** A comma makes two entries of one, and spaces around are lost: the file would say something else than the settings. No form has such texts. */
function survivesItsFlags(settings: Settings): boolean {
  return MAP_SETTINGS.flatMap((setting) => Object.entries(settings[setting] ?? {}).flat()).every((text) => !/[,<=]/.test(text) && text.trim() === text);
}

test('settings are accepted and refused as the real kubelet does, and for its reasons', async(context) => {
  const bare = await startKubelets(MACHINES.map((plan) => question(plan)));
  const nodes = new Map(MACHINES.map((plan, index) => [plan, settingsNode(bare[index] as MachineAnswer)]));
  const cases = fc.sample(anyCase, { seed: SEED, numRuns: COUNT }).filter(({ settings }) => !isTemplate(settings) && survivesItsFlags(settings));
  const answers = await startKubelets(cases.map(({ plan, settings }) => question(plan, { [SETTINGS_FILE]: isWritable(settings) ? renderSettings(settings) : fileOf(settings) })));
  const verdicts = cases.map(({ plan, settings }) => verdict(nodes.get(plan) as SettingsNode, settings));
  const differing = cases.flatMap((each, index) => disagreement(each, verdicts[index] as Verdict, answers[index] as MachineAnswer) ?? []);

  const accepted = verdicts.filter(({ starts }) => starts).length;

  context.diagnostic(`${ accepted } accepted and ${ cases.length - accepted } refused on ${ MACHINES.length } machines`);
  assert.ok(cases.length >= 2_000, `${ cases.length } settings were compared`);
  assert.ok(accepted >= 500 && cases.length - accepted >= 500, 'too few were accepted, or refused, to say much');
  assert.equal(differing.length, 0, `${ differing.length } of ${ cases.length } differ, with seed ${ SEED }:\n${ differing.slice(0, 15).join('\n') }`);
});

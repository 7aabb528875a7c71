/** @jest-environment node */
import fc from 'fast-check';
import { attempt } from '../../../harvester/amounts';
import { parseDuration } from '../../../kubelet/go/duration';
import { parseResourceList } from '../../../kubelet/resourceList';
import { parseThresholdConfig } from '../../../kubelet/thresholds';
import { stopsKubelet } from '../finding';
import { kubeletFindings } from '../kubeletRules';
import type { Settings } from '../settings';
import { anySettings, MEMORY_EVICTION, writableSettings } from './builders';

fc.configureGlobal({ seed: 20262 });

const found = (settings: Settings): string[] => kubeletFindings(settings).map(({ code, field }) => `${ code } ${ field?.setting }${ field?.key === undefined ? '' : `:${ field.key }` }`);

describe('the kubelet’s own rules', () => {
  it('have nothing against what harvester#7424 asks for', () => {
    expect(found(MEMORY_EVICTION)).toStrictEqual([]);
  });

  it.each<[Settings, string]>([
    [{ evictionHard: { 'memory.Available': '6Gi' } }, 'signalUnknown evictionHard:memory.Available'],
    [{ evictionHard: JSON.parse('{"__proto__":"6Gi"}') as Record<string, string> }, 'signalUnknown evictionHard:__proto__'],
    [{ evictionHard: { 'memory.available': '6GiB' } }, 'quantitySyntax evictionHard:memory.available'],
    [{ evictionHard: { 'memory.available': '' } }, 'quantitySyntax evictionHard:memory.available'],
    [{ evictionHard: { 'memory.available': '0' } }, 'thresholdNotPositive evictionHard:memory.available'],
    [{ evictionHard: { 'memory.available': '5 %' } }, 'percentSyntax evictionHard:memory.available'],
    [{ evictionHard: { 'memory.available': '101%' } }, 'percentRange evictionHard:memory.available'],
    [{ evictionHard: { 'memory.available': '-1%' } }, 'percentRange evictionHard:memory.available'],
    [{ evictionHard: { 'memory.available': 'NaN%' } }, 'percentNotFinite evictionHard:memory.available'],
    [{ evictionHard: { 'memory.available': '{{ .Node }}' } }, 'template evictionHard:memory.available'],
    [{ evictionHard: { '{{': '5%' } }, 'template evictionHard:{{'],
    [{ evictionSoft: { 'memory.available': '8Gi' } }, 'graceMissing evictionSoftGracePeriod:memory.available'],
    [{ evictionSoft: { 'memory.available': '8Gi' }, evictionSoftGracePeriod: { 'memory.available': '1d' } }, 'durationSyntax evictionSoftGracePeriod:memory.available'],
    [{ evictionSoftGracePeriod: { 'memory.available': '-1s' } }, 'graceNegative evictionSoftGracePeriod:memory.available'],
    [{ evictionMinimumReclaim: { 'memory.available': '0%' } }, 'reclaimNotPositive evictionMinimumReclaim:memory.available'],
    [{ evictionMinimumReclaim: { 'memory.available': '-1Gi' } }, 'reclaimNegative evictionMinimumReclaim:memory.available'],
    [{ evictionMinimumReclaim: { 'memory.available': 'Inf%' } }, 'percentNotFinite evictionMinimumReclaim:memory.available'],
    [{ systemReserved: { memory: '-2Gi' } }, 'reservationNegative systemReserved:memory'],
    [{ systemReserved: { memory: '10%' } }, 'quantitySyntax systemReserved:memory'],
    [{ kubeReserved: { pods: '10' } }, 'resourceUnknown kubeReserved:pods'],
    [{ kubeReserved: { cpu: '500m' } }, 'cpuIsHarvesters kubeReserved:cpu'],
    [{ evictionMaxPodGracePeriod: 2 ** 31 }, 'podGraceRange evictionMaxPodGracePeriod'],
    [{ evictionMaxPodGracePeriod: 1.5 }, 'podGraceRange evictionMaxPodGracePeriod'],
    [{ evictionPressureTransitionPeriod: '5 minutes' }, 'durationSyntax evictionPressureTransitionPeriod'],
    [{ evictionPressureTransitionPeriod: '{{}}' }, 'template evictionPressureTransitionPeriod'],
  ])('%j: %s', (settings, expected) => {
    expect(found(settings)).toStrictEqual([expected]);
  });

  it('name every input, in the kubelet’s words', () => {
    const findings = kubeletFindings({ evictionHard: { 'memory.available': '0', 'nodefs.available': 'x' }, systemReserved: { memory: 'much' } });

    expect(findings.map(({ params }) => params.kubeletText)).toStrictEqual([
      'eviction threshold memory.available must be positive: 0',
      expect.stringContaining('quantities must match the regular expression'),
      expect.stringContaining('failed to parse quantity "much" for "memory" resource'),
    ]);
  });

  it('ask no grace of a soft threshold that is turned off or no threshold', () => {
    expect(found({ evictionSoft: { 'memory.available': '0%' } })).toStrictEqual([]);
    expect(found({ evictionSoft: { 'memory.available': 'x' } })).toStrictEqual(['quantitySyntax evictionSoft:memory.available']);
  });

  it('refuse exactly what the kubelet’s functions refuse', () => {
    const accepts = (settings: Settings): boolean => attempt(() => {
      const { evictionHard = null, evictionSoft = null, evictionSoftGracePeriod = null, evictionMinimumReclaim = null } = settings;

      parseThresholdConfig(['pods'], { evictionHard, evictionSoft, evictionSoftGracePeriod, evictionMinimumReclaim });
      parseResourceList(settings.systemReserved ?? null);
      parseResourceList(settings.kubeReserved ?? null);
      parseDuration(settings.evictionPressureTransitionPeriod ?? '0');

      return true;
    }).value === true;
    const isInt32 = (value = 0): boolean => (value | 0) === value;

    fc.assert(fc.property(anySettings, (settings) => (
      kubeletFindings(settings).some(stopsKubelet) === !(accepts(settings) && isInt32(settings.evictionMaxPodGracePeriod))
    )), { numRuns: 3000 });
    fc.assert(fc.property(writableSettings, (settings) => kubeletFindings(settings).length === 0), { numRuns: 500 });
  });
});

/** @jest-environment node */
import fc from 'fast-check';
import { parse } from 'yaml';
import { attempt } from '../../../harvester/amounts';
import { loadKubeletConfiguration } from '../../../kubelet/config/load';
import { rke2Defaults } from '../../../kubelet/config/rke2Defaults';
import { expandKubeletArgs } from '../../../kubelet/kubeletArgs';
import { parseThresholdConfig } from '../../../kubelet/thresholds';
import { isWritable, kubeletArgsOf, parseSettingsFile, renderSettings, UnwritableSettingsError } from '../file';
import { anySettings, MEMORY_EVICTION, MEMORY_EVICTION_FILE, writableSettings } from './builders';

fc.configureGlobal({ seed: 20263 });

describe('the settings file', () => {
  it('has the same bytes for the same settings', () => {
    const reversed = Object.fromEntries(Object.entries(MEMORY_EVICTION).reverse());

    expect(renderSettings(MEMORY_EVICTION)).toBe(MEMORY_EVICTION_FILE);
    expect(renderSettings(reversed)).toBe(MEMORY_EVICTION_FILE);
  });

  it('says everything that settings can say', () => {
    expect(renderSettings({
      evictionHard: {}, evictionSoft: { 'memory.available': '8Gi' }, evictionSoftGracePeriod: { 'memory.available': '90s' }, evictionMaxPodGracePeriod: 120,
      evictionPressureTransitionPeriod: '300s', kubeReserved: { 'ephemeral-storage': '1Gi', memory: '1Gi', pid: '1000' },
    })).toBe(`kubelet-arg+:
- "eviction-hard="
- "eviction-max-pod-grace-period=120"
- "eviction-pressure-transition-period=300s"
- "eviction-soft=memory.available<8Gi"
- "eviction-soft-grace-period=memory.available=90s"
- "kube-reserved=ephemeral-storage=1Gi,memory=1Gi,pid=1000"
`);
    expect(renderSettings({})).toBe('kubelet-arg+: []\n');
  });

  it('is never written when no kubelet would start with it', () => {
    const render = (): string => renderSettings({ evictionHard: { 'memory.available': '0' } });

    expect(render).toThrow(UnwritableSettingsError);
    expect(render).toThrow('thresholdNotPositive');
    expect(isWritable({ evictionHard: { 'memory.available': '0' } })).toBe(false);
  });

  it('is read back exactly', () => {
    fc.assert(fc.property(writableSettings, (settings) => {
      expect(parseSettingsFile(renderSettings(settings))).toStrictEqual(settings);
    }), { numRuns: 1000 });
  });

  it('is YAML 1.1 and 1.2 alike, and holds the arguments', () => {
    fc.assert(fc.property(writableSettings, (settings) => {
      const file = renderSettings(settings);

      expect(parse(file, { version: '1.1' })).toStrictEqual({ 'kubelet-arg+': kubeletArgsOf(settings) });
      expect(parse(file, { version: '1.2' })).toStrictEqual({ 'kubelet-arg+': kubeletArgsOf(settings) });
    }));
  });

  it('is foreign when it differs in anything', () => {
    const edits = fc.tuple(fc.nat({ max: MEMORY_EVICTION_FILE.length }), fc.constantFrom('', ' ', '\n', '#', 'x', '"', '- "max-pods=9"\n', 'é'), fc.nat({ max: 3 }));

    fc.assert(fc.property(edits, ([at, text, removed]) => {
      const edited = MEMORY_EVICTION_FILE.slice(0, at) + text + MEMORY_EVICTION_FILE.slice(at + removed);
      const read = parseSettingsFile(edited);

      return read === undefined || renderSettings(read) === edited;
    }), { numRuns: 1000 });
    const foreign = ['', 'kubelet-arg:\n- "system-reserved=memory=2Gi"\n', MEMORY_EVICTION_FILE.trimEnd(), `# mine\n${ MEMORY_EVICTION_FILE }`, MEMORY_EVICTION_FILE.replaceAll('"', '\''), MEMORY_EVICTION_FILE.replaceAll('\n', '\r\n'),
      'kubelet-arg+:\n- "system-reserved=cpu=1,memory=2Gi"\n', 'kubelet-arg+:\n- "eviction-hard=memory.available<0"\n', 'kubelet-arg+:\n- "eviction-max-pod-grace-period=0x10"\n', 'kubelet-arg+:\n- "system-reserved=memory=1Gi"\n- "system-reserved=pid=5"\n',
      'kubelet-arg+:\n- "max-pods=500"\n', 'kubelet-arg+:\n- "\\x"\n', 'kubelet-arg+:\n- "eviction-hard={{"\n'];

    expect(foreign.filter((file) => parseSettingsFile(file) !== undefined)).toStrictEqual([]);
  });

  it('starts every kubelet with exactly these settings, whatever was accepted', () => {
    fc.assert(fc.property(anySettings, fc.constantFrom(30, 31, 32, 36), (settings, minor) => {
      fc.pre(isWritable(settings));
      const { dropIns, args = [] } = rke2Defaults(minor);
      const given = parse(renderSettings(settings), { version: '1.1' })['kubelet-arg+'] as string[];
      const defaults = Object.fromEntries(args.map((arg) => /^--([^=]*)=(.*)$/.exec(arg)?.slice(1) as [string, string]));
      const loaded = attempt(() => {
        const configuration = loadKubeletConfiguration({ dropIns, minor, args: expandKubeletArgs(given, defaults).map(({ name, value }) => `--${ name }=${ value }`) });

        parseThresholdConfig(['pods'], configuration);

        return configuration;
      });

      expect(loaded.error).toBeUndefined();
      expect(loaded.value).toMatchObject({
        ...(settings.evictionHard && { evictionHard: settings.evictionHard }),
        ...(settings.evictionSoft && { evictionSoft: settings.evictionSoft }),
        ...(settings.systemReserved && { systemReserved: settings.systemReserved }),
        ...(settings.evictionMaxPodGracePeriod !== undefined && { evictionMaxPodGracePeriod: settings.evictionMaxPodGracePeriod }),
      });
    }), { numRuns: 200 });
  });
});

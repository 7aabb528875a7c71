/** @jest-environment node */
import fc from 'fast-check';
import { parse } from 'yaml';
import { cloudInitContents, parseCloudInit, REMOVAL_CONTENTS } from '../contents';
import { renderSettings, SETTINGS_FILE } from '../file';
import { guardCondition, refusalMarker } from '../guard';
import { MEMORY_EVICTION, MEMORY_EVICTION_FILE, writableSettings } from './builders';

fc.configureGlobal({ seed: 20264 });

const GUARDED = { settings: MEMORY_EVICTION, minimumMemoryKib: 32_000_000 };
const CONTENTS = `stages:
  initramfs:
  - name: "Node Pressure: write kubelet settings"
    if: "[ ! -e /etc/rancher/rke2/config.yaml.d/99-harvester-witness.yaml ] && [ \\"$(awk '/^MemTotal:/ {print $2}' /proc/meminfo)\\" -ge 32000000 ] && [ ! -e ${ refusalMarker(MEMORY_EVICTION_FILE) } ]"
    files:
    - path: /etc/rancher/rke2/config.yaml.d/99-z02-node-pressure.yaml
      permissions: 384
      owner: 0
      group: 0
      content: |
        kubelet-arg+:
        - "eviction-hard=imagefs.available<5%,memory.available<6Gi,nodefs.available<5%"
        - "eviction-minimum-reclaim=imagefs.available=10%,memory.available=4Gi,nodefs.available=10%"
        - "system-reserved=memory=2Gi"
`;

describe('a CloudInit’s contents', () => {
  it('write the settings on the nodes that they were checked for', () => {
    expect(cloudInitContents(GUARDED)).toBe(CONTENTS);
  });

  it.each(['1.1', '1.2'] as const)('mean the same in YAML %s: 0600, the guard, and the file to the byte', (version) => {
    fc.assert(fc.property(writableSettings, fc.nat({ max: 10 ** 10 }), (settings, minimumMemoryKib) => {
      const file = renderSettings(settings);

      expect(parse(cloudInitContents({ settings, minimumMemoryKib }), { version })).toStrictEqual({
        stages: {
          initramfs: [{
            name:  'Node Pressure: write kubelet settings',
            if:    guardCondition(file, minimumMemoryKib),
            files: [{ path: SETTINGS_FILE, permissions: 0o600, owner: 0, group: 0, content: file }],
          }],
        },
      });
    }));
    expect(parse(REMOVAL_CONTENTS, { version })).toStrictEqual({ stages: { initramfs: [{ name: 'Node Pressure: remove kubelet settings', commands: [`rm -f ${ SETTINGS_FILE }`] }] } });
  });

  it('are read back exactly, and are never a template', () => {
    fc.assert(fc.property(writableSettings, fc.nat({ max: 10 ** 10 }), (settings, minimumMemoryKib) => {
      const contents = cloudInitContents({ settings, minimumMemoryKib });

      expect(contents).not.toContain('{{');
      expect(parseCloudInit(contents)).toStrictEqual({ kind: 'settings', settings, minimumMemoryKib });
    }), { numRuns: 500 });
    expect(parseCloudInit(REMOVAL_CONTENTS)).toStrictEqual({ kind: 'removal' });
  });

  it('are never written for settings that no kubelet starts with', () => {
    expect(() => cloudInitContents({ settings: { evictionHard: { 'memory.available': '{{ .Values }}' } }, minimumMemoryKib: 1 })).toThrow('template');
  });

  it('are foreign when anything in them differs', () => {
    const edits = fc.tuple(fc.nat({ max: CONTENTS.length }), fc.constantFrom('', ' ', '\n', '#', '0', '"', '    - reboot\n'), fc.nat({ max: 3 }));

    fc.assert(fc.property(edits, ([at, text, removed]) => {
      const edited = CONTENTS.slice(0, at) + text + CONTENTS.slice(at + removed);
      const read = parseCloudInit(edited);

      return read.kind === 'foreign' || (read.kind === 'settings' && cloudInitContents(read) === edited);
    }), { numRuns: 500 });
    const foreign = ['', 'stages: {}', `${ REMOVAL_CONTENTS }\n`, CONTENTS.replace('384', '0600'), CONTENTS.replace(/ -ge [0-9]+/, ''), CONTENTS.replace('refused-', 'refused-0'), CONTENTS.replace('system-reserved=memory=2Gi', 'system-reserved=memory=much')];

    expect(foreign.map((contents) => parseCloudInit(contents).kind)).toStrictEqual(foreign.map(() => 'foreign'));
  });
});

describe('the guard', () => {
  it('knows contents by the fingerprint of their file', () => {
    // FNV-1a of the empty text and of "a", from its authors' tables
    expect([refusalMarker(''), refusalMarker('a')]).toStrictEqual(['/var/lib/rancher/node-pressure/refused-cbf29ce484222325', '/var/lib/rancher/node-pressure/refused-af63dc4c8601ec8c']);
  });

  it('asks for whole KiB', () => {
    expect(guardCondition('', 1000.5)).toContain('-ge 1001 ]');
  });
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { evaluateCondition } from '../nodes/condition';
import { Disk } from '../nodes/disk';
import { reservedMilliCpu } from '../nodes/harvesterFiles';
import { kubeletArgs, mergeArguments, rke2Configuration } from '../nodes/layers';
import { MemoryModel } from '../nodes/memory';
import { NotSimulated } from '../nodes/notSimulated';
import { apply, bootActions } from '../nodes/yip';
import { memoryOverhead } from '../objects/virtualMachines';

const layers = (files: Record<string, string>): Disk => {
  const disk = new Disk();

  Object.entries(files).forEach(([name, content]) => disk.write(`/etc/rancher/rke2/config.yaml.d/${ name }`, content));

  return disk;
};

describe('the layers of config.yaml.d', () => {
  test('a plus appends, a plain key replaces, in byte order of the names', () => {
    assert.deepEqual(
      kubeletArgs(layers({ '90-a.yaml': 'kubelet-arg:\n- a=1\n', '99-b.yaml': 'kubelet-arg+:\n- b=2\n', '99-B.yaml': 'kubelet-arg:\n- c=3\n' })),
      ['c=3', 'b=2'],
    );
  });

  test('only .yaml and .yml are read', () => {
    assert.deepEqual(kubeletArgs(layers({ 'a.yml': 'kubelet-arg: x=1', 'b.yaml.bak': 'kubelet-arg: y=1', 'c.conf': 'kubelet-arg: z=1' })), ['x=1']);
  });

  test('a file that is no mapping keeps RKE2 from starting', () => {
    assert.throws(() => rke2Configuration(layers({ 'a.yaml': '- a list' })), /cannot unmarshal/);
  });

  test('YAML 1.1 is read, as Go does', () => {
    assert.deepEqual(
      [...rke2Configuration(layers({ 'a.yaml': 'a: yes\nb: 010\n' }))],
      [
        ['a', true],
        ['b', 8],
      ],
    );
  });

  test('arguments take the place of defaults, or stand before or behind them', () => {
    const defaults = { 'eviction-hard': 'imagefs.available<5%' };

    assert.deepEqual(mergeArguments(defaults, []), ['--eviction-hard=imagefs.available<5%']);
    assert.deepEqual(mergeArguments(defaults, ['eviction-hard=memory.available<1Gi', 'eviction-hard=pid.available<5%']), [
      '--eviction-hard=memory.available<1Gi',
      '--eviction-hard=pid.available<5%',
    ]);
    assert.deepEqual(mergeArguments(defaults, ['eviction-hard+=memory.available<1Gi']), [
      '--eviction-hard=imagefs.available<5%',
      '--eviction-hard=memory.available<1Gi',
    ]);
    assert.deepEqual(mergeArguments(defaults, ['eviction-hard-=memory.available<1Gi']), [
      '--eviction-hard=memory.available<1Gi',
      '--eviction-hard=imagefs.available<5%',
    ]);
  });

  test('Harvester reserves 500 milli-CPU, doubled, of 12 cores', () => {
    assert.deepEqual([1, 4, 12].map(reservedMilliCpu), [460, 480, 500]);
  });
});

describe('conditions of boot files', () => {
  const holds = (text: string): boolean => evaluateCondition(text, { exists: (path) => path === '/there', memTotalKib: 1000 });
  const memTotal = `"$(awk '/^MemTotal:/ {print $2}' /proc/meminfo)"`;

  test('files', () => {
    assert.deepEqual(['[ -e /there ]', '[ ! -e /there ]', '! [ -f /there ]', 'test -e /gone', '[ ! -e "/gone" ]'].map(holds), [
      true,
      false,
      false,
      false,
      true,
    ]);
  });

  test('memory', () => {
    assert.deepEqual([`[ ${ memTotal } -ge 1000 ]`, `[ ${ memTotal } -gt 1000 ]`, `test ${ memTotal } -lt 1001`].map(holds), [true, false, true]);
  });

  test('several, from left to right', () => {
    assert.deepEqual(
      ['[ -e /there ] && [ ! -e /gone ]', '[ -e /gone ] || [ -e /there ]', '[ -e /there ] || [ -e /there ] && [ -e /gone ]'].map(holds),
      [true, true, false],
    );
  });

  test('anything else is refused', () => {
    for (const text of [
      'rm -rf /',
      '[ -e /there ]; true',
      '[ -e $HOME ]',
      '[ -e /there',
      '$(true)',
      '[ -d /there ]',
      '[ 1 -eq x ]',
      '`true`',
      '',
      '[ -e /there ] & [ -e /there ]',
      '[ -e relative ]',
      '[ -e /there ] [ -e /there ]',
    ]) {
      assert.throws(() => holds(text), NotSimulated, text);
    }
  });
});

describe('boot files', () => {
  const oem = (files: Record<string, string>): Disk => {
    const disk = new Disk();

    Object.entries(files).forEach(([name, content]) => disk.write(`/oem/${ name }`, content));

    return disk;
  };
  const boot = (disk: Disk): void => apply(disk, bootActions(disk, 1000));

  test('stages run in their order, files of one stage in that of their names', () => {
    const disk = oem({
      '1.yaml': 'stages: {network: [{files: [{path: /a, content: network}]}], initramfs: [{files: [{path: /b, content: one}]}]}',
      '2.yaml': 'stages: {initramfs: [{files: [{path: /a, content: initramfs}, {path: /b, content: two}]}]}',
    });

    boot(disk);
    assert.deepEqual([disk.read('/a'), disk.read('/b')], ['network', 'two']);
  });

  test('a step whose condition does not hold is left out; conditions see what earlier steps did', () => {
    const disk = oem({
      '1.yaml':
        'stages:\n  initramfs:\n  - files: [{path: /marker, content: ""}]\n  - if: "[ ! -e /marker ]"\n    files: [{path: /a, content: ""}]\n  - if: "[ -e /marker ]"\n    commands: ["rm -f /marker /gone"]\n',
    });

    boot(disk);
    assert.deepEqual([disk.has('/a'), disk.has('/marker')], [false, false]);
  });

  test('what is not simulated is refused before anything has changed', () => {
    for (const step of ['commands: ["reboot"]', 'sysctl: {a: b}', 'files: [{path: /a, encoding: base64}]', 'if: "true"']) {
      assert.throws(() => bootActions(oem({ '1.yaml': `stages:\n  initramfs:\n  - ${ step }\n` }), 1), NotSimulated, step);
    }
    assert.throws(() => bootActions(oem({ '1.yaml': 'stages: {initramfs: [{name: "{{ .Name }}"}]}' }), 1), NotSimulated);
  });

  test('a file that is no YAML is skipped', () => {
    assert.deepEqual(bootActions(oem({ '1.yaml': '\t: [' }), 1), []);
  });
});

describe('memory', () => {
  const pods = [
    { uid: 'a', useBytes: 1000 },
    { uid: 'b', useBytes: 3000 },
  ];
  const model = (): MemoryModel => new MemoryModel('seed', 0, 10_000, 1000);

  test('depends on seed and time alone, however often it is looked at', () => {
    const watched = model();

    for (let time = 0; time < 100_000; time += 1000) {
      watched.sample(time, pods);
    }
    assert.deepEqual(watched.sample(100_000, pods), model().sample(100_000, pods));
    assert.notDeepEqual(model().sample(200_000, pods), model().sample(100_000, pods));
  });

  test('the parts make up the whole', () => {
    const { workingSetBytes, systemBytes, podBytes } = model().sample(5000, pods);

    assert.ok(Math.abs(workingSetBytes - systemBytes - [...podBytes.values()].reduce((sum, bytes) => sum + bytes, 0)) <= pods.length);
  });

  test('follows a course, within what the machine has', () => {
    const steered = model();

    steered.follow({ workingSetBytes: 5000, bytesPerSecond: 100, since: 0 });
    assert.deepEqual(
      [0, 10_000, 1_000_000].map((time) => steered.sample(time, pods).workingSetBytes),
      [5000, 6000, 9950],
    );
    steered.release(2000, 10_000);
    assert.equal(steered.sample(20_000, pods).workingSetBytes, 5000);
    steered.follow(null);
    assert.deepEqual(steered.sample(7000, pods), model().sample(7000, pods));
  });

  test("a VM's overhead is KubeVirt's, raised by Harvester's ratio", () => {
    assert.equal(memoryOverhead(2730 * 2 ** 20, 2) + 4 * 2 ** 30, 4737464313);
  });
});

import type { Namespace, ResourceQuota } from '../../../harvester/migration/objects';
import type { AdvisedLimit } from '../adviceReport';
import { isCarried, quotaVerdict } from '../carried';
import { amountText, atOnceCell, largestCell, leftCell, oneByOneCell, projectLeftText } from '../cells';
import { machinesCsv, namespacesCsv } from '../migrationCsv';
import type { LimitReport, NamespaceReport, VmReport } from '../report';
import { migrationRow } from '../rows';
import { migrationVerdict } from '../verdict';

const MI = 2n ** 20n;
const cpu: LimitReport = { quota: 'default', resource: 'limits.cpu', base: 4000n, hard: 6000n, used: 4030n, raised: 2000n, compensation: 0n, wanted: 6000n, left: 1970n, isRaised: true };
const memory: LimitReport = { ...cpu, resource: 'limits.memory', base: 512n * MI, hard: 512n * MI, used: 600n * MI, raised: 0n, wanted: 512n * MI, left: -88n * MI };
const pods: LimitReport = { quota: 'own', resource: 'pods', hard: 2n, used: 1n, raised: 0n, compensation: 0n, wanted: 2n, left: 1n, isRaised: false };
const vm: VmReport = { namespace: 'prod', name: 'db', node: 'node-1', canMigrate: true, reasons: [], notes: [{ code: 'byRaise', params: {} }], need: { 'limits.cpu': 2015n }, raise: {}, targets: [] };
const stuck: VmReport = { ...vm, name: '=cmd', canMigrate: false, reasons: [{ code: 'quota', params: {} }], notes: [], need: undefined };
const report: NamespaceReport = {
  namespace: 'prod', isEstimated: false, states: [{ code: 'blocked', params: {}, tone: 'error', rank: 4 }, { code: 'inFlight', params: {}, tone: 'info', rank: 6 }],
  limits: [cpu, memory, { ...memory, quota: 'own', left: 5n * MI }, { ...cpu, quota: 'own', left: 15n }, pods], raises: [], vms: [vm, stuck],
  oneByOne: 1, atOnce: { count: 1, exact: true }, inParallel: { count: 1, exact: true }, largest: { none: false, cpuMilli: 1955n, memoryBytes: 256n * MI }, alarms: [{ code: 'rewritten', params: {} }],
};

it.each([
  ['limits.cpu', 4030n, '4030m'],
  ['requests.cpu', -2000n, '-2'],
  ['limits.memory', 88n * MI, '88 MiB'],
  ['pods', 3n, '3'],
])('prints %s %s as %s', (resource, amount, text) => {
  expect(amountText(resource, amount)).toBe(text);
});

it('says what is left, or how much too much is used', () => {
  expect([leftCell(cpu), leftCell(memory)]).toStrictEqual([
    { code: 'left', params: { resource: 'limits.cpu', amount: '1970m', limit: '6' } },
    { code: 'over', params: { resource: 'limits.memory', amount: '88 MiB', limit: '512 MiB' } },
  ]);
});

it.each([[0, 0, 'none'], [2, 2, 'all'], [2, 1, 'some'], [2, 0, 'no']])('of %d VMs %d: %s', (total, oneByOne, code) => {
  expect(oneByOneCell({ ...report, vms: Array.from({ length: total }, () => vm), oneByOne })).toStrictEqual({ code, params: { count: oneByOne, total } });
});

it('tells exact counts from lower bounds', () => {
  expect([atOnceCell({ count: 3, exact: true }).code, atOnceCell({ count: 3, exact: false }).code]).toStrictEqual(['exact', 'atLeast']);
});

it.each([
  [{ none: true }, { code: 'none', params: {} }],
  [{ none: false }, { code: 'unlimited', params: {} }],
  [{ none: false, cpuMilli: 1n }, { code: 'cpu', params: { cpuMilli: 1n } }],
  [{ none: false, memoryBytes: 1n }, { code: 'memory', params: { memoryBytes: 1n } }],
  [{ none: false, cpuMilli: 1n, memoryBytes: 2n }, { code: 'both', params: { cpuMilli: 1n, memoryBytes: 2n } }],
])('says what the largest VM is, case %#', (largest, cell) => {
  expect(largestCell(largest)).toStrictEqual(cell);
});

it('prints what a project has left in the unit of its limit', () => {
  const limit: AdvisedLimit = { key: 'limitsCpu', resource: 'limits.cpu', from: 0n, to: 0n, editor: { from: '', to: '', unit: 'mCPUs' } };

  expect([projectLeftText(limit), projectLeftText({ ...limit, projectLeft: 1500n }), projectLeftText({ ...limit, resource: 'limits.memory', projectLeft: MI })]).toStrictEqual([undefined, '1500m', '1 MiB']);
});

it('sorts what is worse first, and the unlimited last', () => {
  expect(migrationRow(report)).toStrictEqual({
    id: 'prod', nameSort: 'prod', machines: ['db', '=cmd'], report,
    sort: { state: 4 - 11, vms: -2, movable: -1, cpuLeft: 15, memoryLeft: Number(-88n * MI), largest: Number(256n * MI) },
  });
  expect(migrationRow({ ...report, limits: [], largest: { none: false } }).sort).toMatchObject({ cpuLeft: Number.MAX_VALUE, memoryLeft: Number.MAX_VALUE, largest: Number.MAX_VALUE });
  expect(migrationRow({ ...report, largest: { none: true }, alarms: [] }).sort).toMatchObject({ state: 4, largest: -1 });
});

it('gives a spreadsheet one line per namespace, with the tightest of several limits', () => {
  const [header = '', line = ''] = namespacesCsv([report]).split('\r\n');
  const cells = Object.fromEntries(header.split(',').map((name, index) => [name, line.split(',')[index]]));

  expect(cells).toMatchObject({
    namespace: 'prod', states: 'blocked inFlight', estimated: 'false', vms: '2', one_by_one: '1', limits_cpu_left_milli: '15', limits_cpu_hard_milli: '6000', limits_memory_left_bytes: String(-88n * MI),
    largest_cpu_milli: '1955', other_limits: 'own/pods=1/2', alarms: 'rewritten',
  });
  expect(namespacesCsv([{ ...report, limits: [], largest: { none: true } }]).split('\r\n')[1]).toBe('prod,blocked inFlight,false,2,1,1,true,1,0,0,,,,,,,,,,,,,,rewritten');
});

it('gives a spreadsheet one line per VM, and nothing to run', () => {
  expect(machinesCsv([report]).split('\r\n').slice(1)).toStrictEqual(['prod,db,node-1,true,,byRaise,2015,,,', "prod,'=cmd,node-1,false,quota,,,,,", '']);
});

describe('whether Rancher carried the annotation', () => {
  const namespace = (quota: string): Namespace => ({ metadata: { annotations: { 'field.cattle.io/resourceQuota': quota } } });
  const quota = (hard: Record<string, string>): ResourceQuota => ({ metadata: { labels: { 'resourcequota.management.cattle.io/default-resource-quota': 'true' } }, spec: { hard } });
  const written = namespace('{"limit":{"limitsCpu":"4100m","limitsMemory":"512Mi"}}');

  it.each([
    [written, [quota({ 'limits.cpu': '4100m', 'limits.memory': '512Mi' })], true],
    [written, [quota({ 'limits.cpu': '4', 'limits.memory': '512Mi' })], false],
    [written, [quota({ 'limits.cpu': '4100m' })], false],
    [namespace('{"limit":{"limitsCpu":"4"}}'), [quota({ 'limits.cpu': '4000m' })], true],
    [written, [], false],
    [namespace('no JSON'), [quota({})], false],
  ])('%#', (object, quotas, carried) => {
    expect(isCarried(object, quotas)).toBe(carried);
  });
});

describe('what Rancher makes of a quota', () => {
  const status = (value: string): Record<string, string> => ({ 'cattle.io/status': JSON.stringify({ Conditions: [{ Type: 'ResourceQuotaValidated', Status: value }] }) });
  const at = (limits: string, said: Record<string, string> = {}): Namespace => ({ metadata: { annotations: { 'field.cattle.io/resourceQuota': `{"limit":{"limitsCpu":"${ limits }"}}`, ...said } } });
  const quotas: ResourceQuota[] = [{ metadata: { labels: { 'resourcequota.management.cattle.io/default-resource-quota': 'true' } }, spec: { hard: { 'limits.cpu': '2' } } }];

  it.each([
    ['carried', at('1'), at('2', status('False')), true],
    ['refused', at('1'), at('3', status('False')), false],
    ['refused an earlier one', at('1', status('False')), at('3', status('False')), undefined],
    ['said nothing', at('1'), at('3'), undefined],
    ['validated, but not carried yet', at('1'), at('3', status('True')), undefined],
  ])('%s', (_what, before, after, verdict) => {
    expect(quotaVerdict(before)(after, quotas)).toBe(verdict);
  });
});

describe('the verdict on a cluster', () => {
  const calm = { ...report, vms: [vm], oneByOne: 1, alarms: [] };

  it('names what needs repair first', () => {
    expect(migrationVerdict([calm, report])).toStrictEqual({
      tone: 'error', messages: [{ code: 'alarms', params: { count: 1, names: 'prod', more: 0 } }, { code: 'someBlocked', params: { blocked: 1, total: 3 } }],
    });
  });

  it('names no more than a few', () => {
    expect(migrationVerdict(Array.from({ length: 6 }, () => ({ ...calm, alarms: report.alarms }))).messages[0]).toStrictEqual({ code: 'alarms', params: { count: 6, names: 'prod, prod, prod, prod, prod', more: 1 } });
  });

  it('is good when every VM can migrate, and silent without any', () => {
    expect(migrationVerdict([calm])).toStrictEqual({ tone: 'success', messages: [{ code: 'allFit', params: { total: 1 } }] });
    expect(migrationVerdict([{ ...report, alarms: [] }]).tone).toBe('warning');
    expect(migrationVerdict([])).toStrictEqual({ tone: 'success', messages: [] });
  });
});

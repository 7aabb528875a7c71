import fc from 'fast-check';
import type { Settings } from '../settings';

const SIGNALS = ['memory.available', 'nodefs.available', 'nodefs.inodesFree', 'imagefs.available', 'imagefs.inodesFree', 'pid.available'];

/** What harvester#7424 asks for, beside RKE2's disk signals. */
export const MEMORY_EVICTION: Settings = {
  evictionHard:           { 'nodefs.available': '5%', 'memory.available': '6Gi', 'imagefs.available': '5%' },
  evictionMinimumReclaim: { 'memory.available': '4Gi', 'imagefs.available': '10%', 'nodefs.available': '10%' },
  systemReserved:         { memory: '2Gi' },
};

export const MEMORY_EVICTION_FILE = `kubelet-arg+:
- "eviction-hard=imagefs.available<5%,memory.available<6Gi,nodefs.available<5%"
- "eviction-minimum-reclaim=imagefs.available=10%,memory.available=4Gi,nodefs.available=10%"
- "system-reserved=memory=2Gi"
`;

const PLAIN = { noNullPrototype: true };
const signal = fc.constantFrom(...SIGNALS);
const amount = fc.constantFrom('5%', '0%', '100%', '12.5%', '6Gi', '500M', '1e3', '0.5Gi', '1.Mi', '+7Gi', '100000');
const duration = fc.constantFrom('30s', '1m30s', '1.5h', '0', '100ms', '5\u00B5s', '90s');
const reservations = fc.dictionary(fc.constantFrom('memory', 'ephemeral-storage', 'pid'), fc.constantFrom('0', '2Gi', '512Mi', '1000', '1.5G'), PLAIN);

/** Settings that a kubelet starts with. */
export const writableSettings: fc.Arbitrary<Settings> = fc.record({
  evictionHard:                     fc.dictionary(signal, amount, PLAIN),
  evictionMinimumReclaim:           fc.dictionary(signal, fc.constantFrom('0', '5%', '200%', '4Gi'), PLAIN),
  soft:                             fc.dictionary(signal, fc.tuple(amount, duration), PLAIN),
  evictionMaxPodGracePeriod:        fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  evictionPressureTransitionPeriod: duration,
  systemReserved:                   reservations,
  kubeReserved:                     reservations,
}, { requiredKeys: [] }).map(({ soft, ...rest }) => ({
  ...rest,
  ...(soft && {
    evictionSoft:            Object.fromEntries(Object.entries(soft).map(([key, [text]]) => [key, text])),
    evictionSoftGracePeriod: Object.fromEntries(Object.entries(soft).map(([key, [, grace]]) => [key, grace])),
  }),
}));

/** Any texts at all, near misses among them. */
const odd = fc.oneof(amount, duration, fc.constantFrom('', ' 5%', '5 %', '0', '-1Gi', '101%', '-1%', 'NaN%', 'Inf%', '6GiB', '1d', '-5s', '{{ .Env }}', '6Gi,pid.available<1%', '"', '\\', '\n- x', ': #', '\u2028', '$(reboot)', '`'), fc.string());
const oddKey = fc.oneof(signal, fc.constantFrom('cpu', 'memory', 'pid', 'memory.Available', ' memory.available', '', '__proto__', 'constructor', 'a<b', 'allocatableMemory.available', 'containerfs.available'), fc.string());
const oddMap = fc.dictionary(oddKey, odd, { maxKeys: 3, noNullPrototype: true });

/** Whatever a form or an object could hold. */
export const anySettings: fc.Arbitrary<Settings> = fc.oneof(writableSettings, fc.record({
  evictionHard: oddMap, evictionMinimumReclaim: oddMap, evictionSoft: oddMap, evictionSoftGracePeriod: oddMap, systemReserved: oddMap, kubeReserved: oddMap,
  evictionMaxPodGracePeriod: fc.oneof(fc.integer(), fc.double()), evictionPressureTransitionPeriod: odd,
}, { requiredKeys: [] }));

import { wantsPodGrace } from '../podGrace';

it.each([
  [{}, false],
  [{ evictionSoft: {} }, false],
  [{ evictionSoft: { 'memory.available': '8Gi' } }, true],
  [{ evictionSoft: { 'memory.available': '8Gi' }, evictionMaxPodGracePeriod: 0 }, false],
])('%j', (settings, wants) => {
  expect(wantsPodGrace(settings)).toBe(wants);
});

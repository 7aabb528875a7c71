/** @jest-environment node */
import type { Node } from '../../harvester/node';
import type { HistoryEntry } from '../../planner/settings/history';
import { cloudInitFor, type Rollout } from '../../planner/settings/policy';
import { BOOTS_ANNOTATION } from '../../planner/settings/removal';
import type { StoredCloudInit } from '../cloudInits';
import { advanceRemoval, announceRemoval } from '../removePolicy';
import type { RequestOptions } from '../request';

const ENTRY: HistoryEntry = { time: '2026-08-01T10:00:00Z', user: 'admin', action: 'removed' };
const settings = cloudInitFor({ name: 'memory', matchSelector: {}, paused: false, contents: { settings: {}, minimumMemoryKib: 1 } }, ENTRY);
const removal = cloudInitFor({ name: 'memory', matchSelector: {}, paused: false, contents: 'removal' }, ENTRY);
const IN_SYNC: Rollout = { conditions: [{ type: 'Present', status: 'True' }, { type: 'OutOfSync', status: 'False' }] };
const node: Node = { metadata: { name: 'n-1' }, status: { conditions: [{ type: 'Ready', status: 'True' }], nodeInfo: { bootID: 'boot-1' } } };
const never = new AbortController().signal;

function stored({ metadata, ...rest }: typeof removal, annotations: Record<string, string> = {}): StoredCloudInit {
  return { ...rest, metadata: { ...metadata, resourceVersion: '7', annotations: { ...metadata.annotations, ...annotations } } };
}

function recorder(answer: object): { access: Parameters<typeof advanceRemoval>[0]; sent: RequestOptions[] } {
  const sent: RequestOptions[] = [];

  return {
    sent,
    access: {
      clusterId: 'c',
      request:   async(options) => {
        sent.push(options);

        return answer;
      },
    },
  };
}

it('announces on the admin’s word', async() => {
  const { access, sent } = recorder(stored(removal));

  await expect(announceRemoval(access, stored(settings), ENTRY, never)).resolves.toMatchObject({ kind: 'saved' });
  expect(sent[1]?.data).toMatchObject({ spec: { contents: removal.spec.contents } });
});

it('never announces by itself, and waits without asking', async() => {
  const { access, sent } = recorder({});

  await expect(advanceRemoval(access, stored(settings), [node], never)).resolves.toStrictEqual({ step: { kind: 'announce' } });
  await expect(advanceRemoval(access, stored(removal), [node], never)).resolves.toStrictEqual({ step: { kind: 'await', arriving: ['n-1'], rebooting: [] } });
  expect(sent).toStrictEqual([]);
});

it('notes nothing but boots', async() => {
  const { access, sent } = recorder(stored(removal));

  await expect(advanceRemoval(access, { ...stored(removal), status: { rollouts: { 'n-1': IN_SYNC } } }, [node], never)).resolves.toMatchObject({ step: { kind: 'note' }, outcome: { kind: 'saved' } });
  expect(sent[1]?.data).toStrictEqual({ metadata: { resourceVersion: '7', annotations: { [BOOTS_ANNOTATION]: '{"n-1":"boot-1"}' } } });
});

it('deletes in the end', async() => {
  const { access, sent } = recorder({});

  await expect(advanceRemoval(access, stored(removal, { [BOOTS_ANNOTATION]: '{"n-1":"boot-0"}' }), [node], never)).resolves.toStrictEqual({ step: { kind: 'delete' }, outcome: { kind: 'deleted' } });
  expect(sent.map(({ method }) => method)).toStrictEqual(['delete']);
});

import { flushPromises, mount } from '@vue/test-utils';
import { ref } from 'vue';
import type { Host } from '../../useHost';
import { useMigrationObjects, type MigrationObjects } from '../useMigrationObjects';

/** What the Dashboard's store holds; of other types there is nothing. */
async function objects(store: Readonly<Record<string, readonly unknown[]>>): Promise<MigrationObjects> {
  const list = { all: (type: string) => (store[type] ?? []) as never, canList: () => true, watchAll: async() => {} };
  let used!: MigrationObjects;

  mount({
    setup() {
      used = useMigrationObjects({ ...list, management: list } as unknown as Host, ref(true));

      return () => null;
    },
  });
  await flushPromises();

  return used;
}

const quota = { metadata: { name: 'default-quota', namespace: 'prod' } };

it.each([
  ['given out whole', [{ metadata: { name: 'prod', uid: 'u' } }], undefined],
  ['stripped', [{ metadata: { name: 'prod' } }], { kind: 'forbidden', verb: 'get namespaces', message: '' }],
  ['stripped, and of no interest', [{ metadata: { name: 'prod', uid: 'u' } }, { metadata: { name: 'other' } }], undefined],
])('says nothing on namespaces of which it does not see the annotations: %s', async(_what, namespace, failure) => {
  const { failure: found } = await objects({ namespace, resourcequota: [quota] });

  expect(found.value).toStrictEqual(failure);
});

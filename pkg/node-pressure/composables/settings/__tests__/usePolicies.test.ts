import { flushPromises, mount } from '@vue/test-utils';
import { ref, shallowRef } from 'vue';
import { POLICY_LABEL } from '../../../planner/settings/policy';
import type { StoredCloudInit } from '../../../steve/cloudInits';
import { usePolicies, type Policies } from '../usePolicies';

const policy = (resourceVersion: string, contents: string): StoredCloudInit => ({
  metadata: { name: 'memory', resourceVersion, labels: { [POLICY_LABEL]: 'true' } },
  spec:     { matchSelector: {}, filename: 'a.yaml', contents },
});

it('goes on from what was just saved, until the store hears of the object', async() => {
  const store = shallowRef([policy('1', 'old')]);
  let policies!: Policies;

  mount({
    setup() {
      policies = usePolicies({ all: <T>() => store.value as unknown as readonly T[], canList: () => true, methodsOf: () => undefined, watchAll: async() => {} }, ref(true));

      return () => null;
    },
  });
  await flushPromises();
  const contents = (): string[] => policies.policies.value.map(({ object }) => object.spec.contents);

  expect(contents()).toStrictEqual(['old']);
  policies.saved(policy('2', 'mine'));
  expect(contents()).toStrictEqual(['mine']);
  store.value = [policy('3', 'theirs')];
  expect(contents()).toStrictEqual(['theirs']);
});

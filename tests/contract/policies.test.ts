/** The product's own reads and writes of policies, on a cluster's API. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { cloudInitFor, policyOf } from '../../pkg/node-pressure/planner/settings/policy';
import type { CloudInit, PolicyDraft } from '../../pkg/node-pressure/planner/settings/policy';
import type { HistoryEntry } from '../../pkg/node-pressure/planner/settings/history';
import { cloudInitsPlan } from '../../pkg/node-pressure/steve/cloudInits';
import type { StoredCloudInit } from '../../pkg/node-pressure/steve/cloudInits';
import { deletePolicy } from '../../pkg/node-pressure/steve/deletePolicy';
import { savePolicy } from '../../pkg/node-pressure/steve/policies';
import type { SaveOutcome } from '../../pkg/node-pressure/steve/policies';
import { read } from '../../pkg/node-pressure/steve/read';
import type { ClusterAccess } from '../../pkg/node-pressure/steve/request';
import type { Answer } from './support/client';
import { CLUSTER, requestOf } from './support/request';
import { target } from './support/target';
import type { UserName } from './support/target';

const steve = target();
const never = new AbortController().signal;
const ENTRY: HistoryEntry = { time: '2026-08-01T10:00:00Z', user: 'admin', action: 'created' };
const LATER: HistoryEntry = { time: '2026-08-02T10:00:00Z', user: 'admin', action: 'changed', reason: '<img src=x onerror=alert(1)>' };

const as = (user: UserName): ClusterAccess => ({ request: requestOf(steve.as(user)), clusterId: CLUSTER });

function draft(name: string, more: Partial<PolicyDraft> = {}): PolicyDraft {
  return {
    name, matchSelector: { 'contract/none': 'true', 'contract/zone': 'a' }, paused: true, contents: { settings: { evictionHard: { 'memory.available': '6Gi' } }, minimumMemoryKib: 32_000_000 }, ...more,
  };
}

async function save(wanted: CloudInit, base?: StoredCloudInit, user: UserName = 'admin'): Promise<SaveOutcome> {
  const outcome = await savePolicy(as(user), wanted, base, never);

  assert.ok(outcome);

  return outcome;
}

async function saved(wanted: CloudInit, base?: StoredCloudInit): Promise<StoredCloudInit> {
  const outcome = await save(wanted, base);

  assert.equal(outcome.kind, 'saved', JSON.stringify(outcome));

  return (outcome as SaveOutcome & { kind: 'saved' }).object;
}

/** The objects with a policy's name, as the product lists them. */
async function listed(name: string): Promise<StoredCloudInit[]> {
  const outcome = await read(as('readonly').request, cloudInitsPlan(CLUSTER), never);

  assert.ok(outcome?.value, outcome?.failure?.message);

  return outcome.value.policies.map(({ object }) => object).filter(({ metadata }) => metadata.name === name);
}

async function clear(object: StoredCloudInit): Promise<void> {
  const outcome = await deletePolicy(as('admin'), object, never);

  if (outcome?.kind === 'conflict') {
    await clear(outcome.live);
  }
}

describe('saving a policy', () => {
  test('creates it, and it reads back as it was meant', async() => {
    const name = steve.name('create');
    const object = await saved(cloudInitFor(draft(name), ENTRY));

    assert.equal((await listed(name)).length, 1);
    assert.deepEqual(policyOf((await listed(name))[0] as StoredCloudInit), { ...draft(name), contents: { kind: 'settings', ...(draft(name).contents as object) }, history: [ENTRY] });
    await clear(object);
  });

  test('writes nothing that the API refuses', async() => {
    const name = steve.name('refused');
    const wanted = cloudInitFor(draft(name), ENTRY);
    const outcome = await save({ ...wanted, spec: { ...wanted.spec, paused: 'yes' as unknown as boolean } });

    assert.equal(outcome.kind, 'refused');
    assert.match(JSON.stringify(outcome), /spec\.paused in body must be of type boolean/);
    assert.deepEqual(await listed(name), []);
  });

  test('does not take over what somebody else has created under its name', async() => {
    const name = steve.name('taken');
    const first = await saved(cloudInitFor(draft(name), ENTRY));
    const outcome = await save(cloudInitFor(draft(name, { matchSelector: {} }), LATER));

    assert.equal(outcome.kind, 'conflict');
    assert.deepEqual(outcome.live.spec, first.spec);
    await clear(first);
  });

  test('keeps what others have put on the object, before and after it was read', async() => {
    const name = steve.name('kept');
    const created = await saved(cloudInitFor(draft(name), ENTRY));
    const path = `/apis/node.harvesterhci.io/v1beta1/cloudinits/${ name }`;

    await steve.as('admin').patch(path, { metadata: { labels: { team: 'a' }, annotations: { note: 'b' } } });
    const changed = await saved(cloudInitFor(draft(name, { paused: false, matchSelector: { 'contract/none': 'b' } }), LATER, created), created);

    assert.deepEqual([changed.metadata.labels?.team, changed.metadata.annotations?.note, changed.spec.filename], ['a', 'b', created.spec.filename]);
    assert.deepEqual([changed.spec.matchSelector, changed.spec.paused], [{ 'contract/none': 'b' }, false]);
    assert.deepEqual(policyOf(changed).history, [LATER, ENTRY]);
    await clear(changed);
  });

  test('is a conflict once somebody changed the policy, and leaves their change alone', async() => {
    const name = steve.name('conflict');
    const base = await saved(cloudInitFor(draft(name), ENTRY));
    const theirs = await saved(cloudInitFor(draft(name, { paused: false }), LATER, base), base);
    const outcome = await save(cloudInitFor(draft(name, { contents: 'removal' }), { ...LATER, action: 'removed' }, base), base);

    assert.equal(outcome.kind, 'conflict');
    assert.deepEqual(outcome.live.spec, theirs.spec);
    assert.deepEqual((await listed(name)).map(({ spec }) => spec), [theirs.spec]);
    await clear(theirs);
  });

  test('finds out that an earlier attempt got through', async() => {
    const name = steve.name('twice');
    const created = await saved(cloudInitFor(draft(name), ENTRY));

    assert.deepEqual((await saved(cloudInitFor(draft(name), ENTRY))).spec, created.spec);
    const wanted = cloudInitFor(draft(name, { paused: false }), LATER, created);
    const once = await saved(wanted, created);

    assert.equal((await saved(wanted, created)).spec.paused, false);
    assert.equal(policyOf((await listed(name))[0] as StoredCloudInit).history.length, 2);
    await clear(once);
  });

  test('says that the policy is gone', async() => {
    const name = steve.name('gone');
    const base = await saved(cloudInitFor(draft(name), ENTRY));

    await clear(base);
    assert.deepEqual(await save(cloudInitFor(draft(name, { paused: false }), LATER, base), base), { kind: 'gone' });
  });

  test('names the right that is missing', async() => {
    const name = steve.name('rights');
    const wanted = cloudInitFor(draft(name), ENTRY);
    const base = await saved(wanted);
    const verbs = async(user: UserName): Promise<string[]> => {
      const outcomes = [
        await save(cloudInitFor(draft(steve.name('more')), ENTRY), undefined, user),
        await save(cloudInitFor(draft(name, { paused: false }), LATER, base), base, user),
        await deletePolicy(as(user), base, never),
      ];

      return outcomes.map((outcome) => (outcome?.kind === 'forbidden' ? outcome.verb : JSON.stringify(outcome)));
    };
    const missing = ['create', 'patch', 'delete'].map((verb) => `${ verb } cloudinits.node.harvesterhci.io`);

    assert.deepEqual(await verbs('readonly'), missing);
    assert.deepEqual(await verbs('nocloudinit'), missing);
    assert.equal((await read(as('nocloudinit').request, cloudInitsPlan(CLUSTER), never))?.failure?.verb, 'list cloudinits.node.harvesterhci.io');
    assert.equal((await listed(name)).length, 1);
    await clear(base);
  });

  for (const name of ['', '.', '..', '../nodes', 'a/b', 'Ä<img>', 'UPPER', 'x'.repeat(254)]) {
    test(`lets the API refuse ${ JSON.stringify(name.slice(0, 10)) } as a name, and changes or deletes nothing by it`, async() => {
      const bystander = await saved(cloudInitFor(draft(steve.name('bystander')), ENTRY));
      const hostile: StoredCloudInit = { ...bystander, metadata: { ...bystander.metadata, name } };

      assert.equal((await save(cloudInitFor(draft(name), ENTRY))).kind, 'refused');
      assert.deepEqual(await save(cloudInitFor(draft(name, { paused: false }), LATER, hostile), hostile), { kind: 'gone' });
      assert.deepEqual(await deletePolicy(as('admin'), hostile, never), { kind: 'deleted' });
      assert.equal((await listed(bystander.metadata.name)).length, 1);
      await clear(bystander);
    });
  }
});

describe('deleting a policy', () => {
  test('takes place only as it was read', async() => {
    const name = steve.name('delete');
    const base = await saved(cloudInitFor(draft(name), ENTRY));
    const theirs = await saved(cloudInitFor(draft(name, { paused: false }), LATER, base), base);
    const outcome = await deletePolicy(as('admin'), base, never);

    assert.equal(outcome?.kind, 'conflict');
    assert.deepEqual((await listed(name)).map(({ spec }) => spec), [theirs.spec]);
    await clear(theirs);
    assert.deepEqual(await deletePolicy(as('admin'), theirs, never), { kind: 'deleted' });
  });

  test('is done as soon as only finalizers keep the object', async() => {
    const name = steve.name('finalizer');
    const path = `/apis/node.harvesterhci.io/v1beta1/cloudinits/${ name }`;
    const keep = (...finalizers: string[]): Promise<Answer> => steve.as('admin').patch(path, { metadata: { finalizers } });
    const base = await saved(cloudInitFor(draft(name), ENTRY));

    await keep('contract.example/kept');
    await clear(base);
    assert.ok(((await steve.as('admin').get(path)).body as unknown as CloudInit).metadata.deletionTimestamp);
    assert.deepEqual(await deletePolicy(as('admin'), base, never), { kind: 'deleted' });
    assert.deepEqual(await listed(name), []);
    assert.deepEqual(await save(cloudInitFor(draft(name, { paused: false }), LATER, base), base), { kind: 'gone' });
    const refused = await save(cloudInitFor(draft(name), LATER));

    assert.equal(refused.kind, 'refused');
    assert.match(JSON.stringify(refused), /object is being deleted/);
    await keep();
  });
});

import { node } from '../../__tests__/fixtures';
import { firstOpening, openCopy } from '../opening';
import { ALL_NODES, type Policy } from '../policy';

const EAST: Policy = { name: 'east', matchSelector: { zone: 'east' }, paused: false, contents: { kind: 'settings', settings: { evictionHard: {} }, minimumMemoryKib: 1 }, history: [] };
const WEST: Policy = { ...EAST, name: 'west', matchSelector: { zone: 'west' } };
const labelled = (name: string, zone: string) => node({ name, labels: { ...ALL_NODES, zone } });
const NODES = [labelled('n-1', 'east'), labelled('n-2', 'west'), labelled('n-3', 'north')];
const PROPOSED = { systemReserved: { memory: '2Gi' } };

describe('at first', () => {
  it('is a new policy where there is none', () => {
    expect(firstOpening([], NODES, undefined)).toStrictEqual({ start: { name: 'memory-eviction', matchSelector: ALL_NODES, settings: {} }, fromNodes: true });
  });

  it('is the only policy', () => {
    expect(firstOpening([EAST], NODES, undefined)).toStrictEqual({ policy: 'east', start: { name: 'east', matchSelector: { zone: 'east' }, settings: { evictionHard: {} } }, fromNodes: false });
  });

  it('is the list of several', () => {
    expect(firstOpening([EAST, WEST], NODES, undefined)).toBeUndefined();
  });
});

describe('what was handed over', () => {
  it('goes to the policy of its node', () => {
    expect(firstOpening([EAST, WEST], NODES, { node: 'n-2', settings: PROPOSED })).toMatchObject({ policy: 'west', proposed: PROPOSED });
  });

  it('goes to a new policy where its node has none', () => {
    expect(firstOpening([EAST, WEST], NODES, { node: 'n-3', settings: PROPOSED })).toMatchObject({ fromNodes: true, proposed: PROPOSED });
    expect(firstOpening([EAST, WEST], NODES, { settings: PROPOSED })).not.toHaveProperty('policy');
  });

  it('may be nothing but the node', () => {
    expect(firstOpening([EAST, WEST], NODES, { node: 'n-1', settings: {} })).not.toHaveProperty('proposed');
  });
});

it('copies the settings, not the nodes', () => {
  expect(openCopy([EAST], EAST)).toStrictEqual({ start: { name: 'memory-eviction', matchSelector: {}, settings: { evictionHard: {} } }, fromNodes: false });
});

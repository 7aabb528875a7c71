import type { DOMWrapper } from '@vue/test-utils';
import { DESIGN_SETTINGS, RKE2_DEFAULTS } from '../../planner/__tests__/fixtures';
import { configz, memory, stage, type Stage, type StageOptions } from './stage';

/** The page under test and what can be read on it. Mounted by `open`, taken down after each test. */
export interface PageUnderTest {
  open(options?: StageOptions): Promise<Stage>;
  /** The text of an element as it is read: blocks apart. */
  text(testId: string): string;
  /** The verdict as it is seen: without what only screen readers are told. */
  verdict(): string;
  cells(): string[][];
}

function read({ element }: DOMWrapper<Element>): string {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const words: string[] = [];

  while (walker.nextNode()) {
    words.push(walker.currentNode.textContent ?? '');
  }

  return words.join(' ').replace(/\s+/g, ' ').trim();
}

/** Sets a file's tests up; call once at its top. */
export function pageUnderTest(): PageUnderTest {
  let current: Stage;
  const text = (testId: string): string => read(current.wrapper.find(`[data-testid="${ testId }"]`));

  beforeEach(() => {
    // Not what flushPromises waits with
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'queueMicrotask', 'nextTick'] });
  });
  afterEach(() => {
    current.wrapper.unmount();
    jest.restoreAllMocks();
    jest.useRealTimers();
  });

  return {
    text,
    async open(options = {}) {
      current = await stage(options);

      return current;
    },
    verdict: () => text('np-verdict-text'),
    cells:   () => current.wrapper.findAll('tr.main-row').map((row) => row.findAll('td').map(read)),
  };
}

function metrics(usage: Record<string, number>): unknown {
  return { items: Object.entries(usage).map(([name, gi]) => ({ metadata: { name }, usage: { memory: `${ gi }Gi` } })) };
}

/** A cluster in which everything can be read: node-1 with thresholds, node-2 without any. */
export const HEALTHY = {
  nodes:   [{ name: 'node-1' }, { name: 'node-2', allocatable: '64Gi' }],
  answers: {
    configz: (name: string) => configz(name === 'node-1' ? DESIGN_SETTINGS : RKE2_DEFAULTS),
    summary: (name: string) => (name === 'node-1' ? memory(50, 14) : memory(20, 44)),
    metrics: () => metrics({ 'node-1': 49, 'node-2': 19 }),
  },
};

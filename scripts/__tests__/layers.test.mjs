import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ESLint } from 'eslint';
import { ROOT } from '../lib/paths.mjs';

const eslint = new ESLint({ cwd: ROOT });

/** Whether the linter lets a file of a layer import something. */
async function allows(file, source) {
  const [{ messages }] = await eslint.lintText(`import { x } from '${ source }';\n\nexport const y = x;\n`, { filePath: `${ ROOT }/pkg/node-pressure/${ file }` });

  return !messages.some(({ ruleId }) => ruleId === 'no-restricted-imports');
}

test('the pure layers know neither Vue nor the shell', async() => {
  for (const layer of ['kubelet', 'harvester', 'planner']) {
    for (const source of ['vue', 'vuex', 'vue-router', '@shell/core/types', '@components/Banner', '@rancher/shell']) {
      assert.equal(await allows(`${ layer }/probe.ts`, source), false, `${ layer } imports ${ source }`);
    }
  }
});

test('imports point one way', async() => {
  const layers = ['kubelet', 'harvester', 'planner', 'steve', 'composables', 'components'];

  for (const [index, layer] of layers.entries()) {
    for (const [other, name] of layers.entries()) {
      assert.equal(await allows(`${ layer }/probe.ts`, `../${ name }/thing`), other <= index, `${ layer } imports ${ name }`);
    }
  }
});

test('what is below in the same layer may be imported by any name', async() => {
  assert.equal(await allows('kubelet/config/probe.ts', '../quantity'), true);
  assert.equal(await allows('planner/settings/probe.ts', '../../kubelet/config/load'), true);
});

import shellConfig from '@rancher/shell/eslint.config.base.mjs';

/** The Vue side of the product, which the pure layers know nothing of. */
const HOST = '^(vue|vuex|vue-router)$|^@shell/|^@components/|^@rancher/';

/** In order: each layer may import those before it, never those after it. */
const LAYERS = ['kubelet', 'harvester', 'planner', 'steve', 'composables', '(pages|tabs|components|list)'];
const PURE = 3;

const layerRules = LAYERS.slice(0, -1).map((layer, index) => {
  const later = LAYERS.slice(index + 1).map((name) => name.replace(/[()]/g, '')).join('|');
  const patterns = [{ regex: `(^|/)(${ later })(/|$)`, message: `${ layer }/ must not import a later layer.` }];

  if (index < PURE) {
    patterns.push({ regex: HOST, message: `${ layer }/ is pure: no Vue, no shell.` });
  }

  return {
    files:   [`pkg/node-pressure/${ layer }/**/*.ts`],
    ignores: ['**/__tests__/**'],
    rules:   { 'no-restricted-imports': ['error', { patterns }] },
  };
});

export default [
  ...shellConfig,
  { ignores: ['.cache/', 'test-results/', 'tests/oracle/', '!scripts/**/*.mjs'] },
  {
    files: ['**/*.ts', '**/*.vue', '**/*.mjs', '**/*.js'],
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/ban-ts-comment':  'error',
      // Types are the compiler's business (scripts/typecheck.mjs), and it knows every global
      'no-undef':                           'off',
      'no-unused-vars':                     'off',
      '@typescript-eslint/no-unused-vars':  ['error', { argsIgnorePattern: '^_', caughtErrorsIgnorePattern: '^_' }],
      'vue/no-v-html':                      'error',
      'no-console':                         'error',
      // Objects of one key per line would spread our tables of facts over pages
      'object-curly-newline':               'off',
      'object-property-newline':            'off',
      'key-spacing':                        'off',
    },
  },
  { files: ['tests/**/*.ts', 'scripts/**/*.{ts,mjs}'], rules: { 'no-console': 'off', 'no-unused-vars': 'error' } },
  // The Dashboard finds these by their type's name
  { files: ['**/{list,detail,edit}/*.vue'], rules: { 'vue/multi-word-component-names': 'off' } },
  ...layerRules,
];

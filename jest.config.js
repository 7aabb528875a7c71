/** Everything that runs in jest: the extension's own tests and the replay of the conformance vectors. */
module.exports = {
  testEnvironment:        'jsdom',
  // msw-style "browser" exports of ESM-only packages cannot be loaded by jest's CommonJS runtime
  testEnvironmentOptions: { customExportConditions: ['node', 'node-addons'] },
  moduleFileExtensions:   ['js', 'mjs', 'ts', 'json', 'vue', 'yaml'],
  watchman:               false,
  moduleNameMapper:       {
    '^@shell/(.*)$':                     '<rootDir>/node_modules/@rancher/shell/$1',
    '^@components/(.*)$':                '<rootDir>/node_modules/@rancher/shell/rancher-components/$1',
    '\\.(svg|png|jpe?g|gif|woff2?)$':    '<rootDir>/tests/jest/asset.js',
  },
  transform: {
    '^.+\\.vue$':    '<rootDir>/tests/jest/vue.js',
    '^.+\\.tsx?$':   ['ts-jest', { tsconfig: '<rootDir>/tests/jest/tsconfig.json' }],
    '^.+\\.ya?ml$':  '<rootDir>/tests/jest/yaml.js',
    '^.+\\.m?js$':   ['babel-jest', { configFile: false, presets: [['@babel/preset-env', { targets: { node: 'current' } }]] }],
  },
  transformIgnorePatterns: ['/node_modules/(?!(@rancher/shell|color|color-string|color-convert|color-name|vee-validate|@vee-validate|clipboard-polyfill)/)'],
  // How fast a machine is decides nothing; whatever hangs still ends
  testTimeout:             60_000,
  setupFilesAfterEnv:      ['<rootDir>/tests/jest/setup.ts'],
  testMatch:               ['<rootDir>/pkg/**/__tests__/**/*.test.ts', '<rootDir>/tests/conformance/__tests__/**/*.test.ts'],
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/dist-pkg', '<rootDir>/.cache', '/\\.shell/'],
  coverageProvider:        'babel',
  collectCoverageFrom:     [
    '<rootDir>/pkg/node-pressure/{kubelet,harvester,planner}/**/*.ts',
    '!**/__tests__/**',
  ],
  // The pure layers are what the product's promises rest on: every branch of theirs is taken by some test
  coverageThreshold: Object.fromEntries(['kubelet', 'harvester', 'planner'].map((layer) => [`./pkg/node-pressure/${ layer }/`, {
    branches: 100, functions: 100, lines: 100, statements: 100
  }])),
};

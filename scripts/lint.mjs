/** `npm run lint`: ESLint over the repository; a warning counts as an error. */
import { run, main } from './lib/run.mjs';
import { say } from './lib/say.mjs';

await main(async() => {
  await run(process.execPath, ['node_modules/eslint/bin/eslint.js', '--max-warnings', '0', '--cache', '--cache-location', '.cache/eslint/', 'pkg', 'tests', 'scripts', 'types', 'babel.config.js', 'jest.config.js', 'vue.config.js']);
  say('lint: clean');
});

/** `npm run build-pkg`: builds the extension into dist-pkg/, as a release needs it. */
import { cpSync, rmSync } from 'node:fs';
import { at } from './lib/paths.mjs';
import { build, describePackage, nodePressure } from './lib/builds.mjs';
import { install } from './lib/install.mjs';
import { main } from './lib/run.mjs';
import { say } from './lib/say.mjs';

await main(async() => {
  await install();
  const { name, version } = describePackage('pkg/node-pressure');
  const target = at('dist-pkg', `${ name }-${ version }`);

  rmSync(target, { recursive: true, force: true });
  cpSync(await build(nodePressure()), target, { recursive: true });
  cpSync(at('pkg/node-pressure/package.json'), `${ target }/package.json`);
  say(`Built ${ target }`);
});

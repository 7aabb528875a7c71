/** `npm run -s oracle`: the kubelet's own functions behind JSON lines, standard input to standard output. */
import { startChild, main, Failure } from './lib/run.mjs';
import { buildOracle, findGo } from './lib/go.mjs';

await main(async() => {
  const go = findGo();

  if (!go.usable) {
    throw new Failure(`${ go.why }: the oracle needs Go.`);
  }

  // Standard output belongs to the protocol
  console.log = console.error;
  const child = startChild(await buildOracle(), [], { stdio: 'inherit' });

  child.once('exit', (code) => process.exit(code ?? 1));
});

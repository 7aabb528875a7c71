/** The simulator's scenarios. They are TypeScript: ask for them once the dependencies are installed. */
import { at } from './paths.mjs';
import { Failure } from './run.mjs';

/**
 * Refuses a name before anything is built for it.
 * @param {string} name
 * @returns {Promise<readonly string[]>} all names that there are
 * @throws {Failure} in the simulator's own words, for a name that no scenario has
 */
export async function checkScenario(name) {
  const { tsImport } = await import('tsx/esm/api');
  const { scenario, SCENARIO_NAMES } = await tsImport(at('tests/simulator/scenarios/index.ts'), import.meta.url);

  try {
    scenario(name);
  } catch (error) {
    throw new Failure(error.message);
  }

  return SCENARIO_NAMES;
}

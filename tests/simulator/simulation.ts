import { ManualClock, RunningClock } from './clock';
import { scenario } from './scenarios';
import { makeWorld } from './world';
import type { World } from './world';

/** A world that can be exchanged for another one while the server runs. */
export class Simulation {
  world: World;

  constructor(name: string, private readonly frozen: boolean) {
    this.world = this.make(name);
  }

  /** Starts a scenario anew; who is logged in stays so. @throws Error for an unknown name, with nothing changed */
  load(name: string): void {
    const next = this.make(name);

    this.world.clock.stop();
    this.world.controls.clearFaults();
    this.world = { ...next, sessions: this.world.sessions };
  }

  private make(name: string): World {
    return makeWorld(scenario(name), this.frozen ? new ManualClock() : new RunningClock());
  }
}

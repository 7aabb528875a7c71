import { hash, wander } from '../random';

/** How far a pod's use swings around its middle, as a share of it. */
const POD_SWING = 0.06;
const SYSTEM_SWING = 0.03;
/** The kernel's own share, which nothing on the node can take. */
const FLOOR_SHARE = 0.005;

/** What somebody asked a node's memory to do: to be at so many bytes at `since` and to grow from there. */
export interface Course {
  workingSetBytes: number;
  bytesPerSecond: number;
  since: number;
}

export interface PodUse {
  uid: string;
  useBytes: number;
}

/** How a node's memory is used at one moment, in bytes. */
export interface MemorySample {
  workingSetBytes: number;
  systemBytes: number;
  podBytes: ReadonlyMap<string, number>;
}

/**
 * A node's memory over time: a function of the seed and the time since the scenario's start, never of how often it
 * was looked at.
 */
export class MemoryModel {
  private course: Course | null = null;

  constructor(
    private readonly seed: string,
    private readonly start: number,
    private readonly capacityBytes: number,
    private readonly systemUseBytes: number,
  ) {}

  /** Lets the node's working set follow a course from now on; null gives it back to its pods. */
  follow(course: Course | null): void {
    this.course = course;
  }

  /** Takes what a pod used off the course: it is gone. Without a course that shows by itself. */
  release(bytes: number, now: number): void {
    if (this.course) {
      const { workingSetBytes, bytesPerSecond, since } = this.course;

      this.course = { workingSetBytes: workingSetBytes + (bytesPerSecond * (now - since)) / 1000 - bytes, bytesPerSecond, since: now };
    }
  }

  sample(now: number, pods: readonly PodUse[]): MemorySample {
    const elapsed = now - this.start;
    const systemBytes = Math.round(this.systemUseBytes * (1 + SYSTEM_SWING * wander(hash(`${ this.seed }/system`), elapsed)));
    const natural = pods.map(({ uid, useBytes }): [string, number] => [
      uid,
      useBytes * (1 + POD_SWING * wander(hash(`${ this.seed }/${ uid }`), elapsed)),
    ]);
    const sum = natural.reduce((total, [, bytes]) => total + bytes, 0);
    const most = this.capacityBytes * (1 - FLOOR_SHARE);
    const wanted = this.course ? this.course.workingSetBytes + (this.course.bytesPerSecond * (now - this.course.since)) / 1000 : systemBytes + sum;
    const workingSetBytes = Math.round(Math.min(most, Math.max(0, wanted)));
    // Without pods the host itself makes up the difference
    const ofSystem = sum === 0 ? workingSetBytes : Math.min(systemBytes, workingSetBytes);
    const scale = sum === 0 ? 0 : (workingSetBytes - ofSystem) / sum;

    return { workingSetBytes, systemBytes: ofSystem, podBytes: new Map(natural.map(([uid, bytes]) => [uid, Math.round(bytes * scale)])) };
  }
}

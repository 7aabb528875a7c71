/** A request as tests count them; its status is 0 until it is answered. */
export interface LoggedRequest {
  method: string;
  path: string;
  query: string;
  user: string;
  status: number;
  at: number;
}

/** Makes requests slow or fail until it is removed. */
export interface Fault {
  id: number;
  /** Regular expression for the path, as the browser asks for it (`/k8s/clusters/…` included). */
  path: string;
  method?: string;
  /** Answered with this status instead of by the simulator. */
  status?: number;
  /** Body for `status`; a Kubernetes Status without one. */
  body?: unknown;
  latencyMilliseconds?: number;
  /** The answer is held back until the fault is removed. */
  hold?: boolean;
  /** The connection is cut without an answer. */
  reset?: boolean;
  /** How many requests it is good for; unlimited when absent. */
  times?: number;
}

type Release = () => void;

/** How many requests are remembered. */
const KEPT = 20_000;

/** What tests steer the simulator's front by: faults, and the log of requests. */
export class Controls {
  private log: LoggedRequest[] = [];
  private faults: (Fault & { expression: RegExp })[] = [];
  private readonly held = new Map<number, Release[]>();
  private serial = 0;

  record(request: LoggedRequest): void {
    this.log.push(request);
    if (this.log.length > 2 * KEPT) {
      this.log = this.log.slice(-KEPT);
    }
  }

  requests(): readonly LoggedRequest[] {
    return this.log;
  }

  forgetRequests(): void {
    this.log = [];
  }

  /** @throws SyntaxError when the path is no regular expression */
  addFault(fault: Omit<Fault, 'id'>): Fault {
    const added = { ...fault, id: ++this.serial, expression: new RegExp(fault.path) };

    this.faults.push(added);

    return { ...fault, id: added.id };
  }

  /** Takes a fault back; what it held goes on. */
  removeFault(id: number): boolean {
    const before = this.faults.length;
    const waiting = this.held.get(id) ?? [];

    this.faults = this.faults.filter((fault) => fault.id !== id);
    this.held.delete(id);
    waiting.forEach((release) => release());

    return this.faults.length < before || waiting.length > 0;
  }

  clearFaults(): void {
    [...this.faults.map(({ id }) => id), ...this.held.keys()].forEach((id) => this.removeFault(id));
  }

  /** Waits as long as a fault makes its requests wait. */
  async delay({ id, latencyMilliseconds, hold }: Fault): Promise<void> {
    if (latencyMilliseconds) {
      await new Promise((resolve) => setTimeout(resolve, latencyMilliseconds));
    }
    if (hold) {
      await new Promise<void>((resolve) => {
        this.held.set(id, [...(this.held.get(id) ?? []), resolve]);
      });
    }
  }

  listFaults(): Fault[] {
    return this.faults.map(({ expression: _expression, ...fault }) => fault);
  }

  /** The first fault that a request runs into; one that is limited is used up by it. */
  takeFault(method: string, path: string): Fault | undefined {
    return this.take(method, path, false);
  }

  /** Whether the request's connection is to be cut. */
  takeReset(method: string, path: string): boolean {
    return this.take(method, path, true) !== undefined;
  }

  private take(method: string, path: string, reset: boolean): Fault | undefined {
    const fault = this.faults.find(
      (candidate) => (candidate.reset ?? false) === reset && candidate.expression.test(path) && (!candidate.method || candidate.method === method),
    );

    if (fault?.times !== undefined && --fault.times <= 0) {
      this.faults = this.faults.filter((candidate) => candidate !== fault);
    }

    return fault;
  }
}

import type { WebSocket } from 'ws';
import { schemaId } from '../kinds/kind';
import type { ResourceKind } from '../kinds/kind';
import { RANCHER_VERSION } from '../objects/rancher';
import { maySee } from '../request';
import type { ApiRequest } from '../request';
import type { Change, Listener } from '../store/history';
import { isRecord, keyOf } from '../store/objects';
import { labelSelector } from '../store/selectors';
import { watchCounts } from './countsWatch';
import { Debounced } from './debounce';
import { formatObject } from './format';
import { schemaOf } from './schemas';

/** What a client wants to hear of. Everything but `stop` and `resourceVersion` is the watch's key. */
interface Watch {
  resourceType: string;
  namespace?: string;
  id?: string;
  selector?: string;
  mode?: string;
  debounceMs?: number;
}

const CHANGES = 'resource.changes';
const DEFAULT_DEBOUNCE = 5000;
const PING_PERIOD = 30_000;
const EVENT: Readonly<Record<Change['type'], string>> = { ADDED: 'resource.create', MODIFIED: 'resource.change', DELETED: 'resource.remove' };

function keyOfWatch({ resourceType, namespace, id, selector, mode, debounceMs }: Watch): string {
  return [resourceType, namespace, id, selector, mode, debounceMs].map((part) => part ?? '').join('|');
}

function parseWatch(message: string): Watch & { stop: boolean; resourceVersion: string } {
  const body: unknown = JSON.parse(message);
  const field = (name: string): string => (isRecord(body) && ['string', 'number'].includes(typeof body[name]) ? String(body[name]) : '');

  return {
    resourceType: field('resourceType'),
    namespace: field('namespace'),
    id: field('id'),
    selector: field('selector'),
    mode: field('mode'),
    resourceVersion: field('resourceVersion'),
    stop: isRecord(body) && body.stop === true,
    ...(field('debounceMs') ? { debounceMs: Number(field('debounceMs')) } : {}),
  };
}

/** Ends a watch. */
type Stop = () => void;

/** One client of `/v1/subscribe`. */
export class Subscription {
  private readonly stops = new Map<string, Stop>();
  private readonly pinger: NodeJS.Timeout;

  constructor(private readonly socket: WebSocket, private readonly request: ApiRequest) {
    this.pinger = setInterval(() => this.send({ name: 'ping', data: { version: RANCHER_VERSION } }), PING_PERIOD);
    socket.on('message', (data) => this.onMessage(String(data)));
    socket.on('close', () => this.close());
  }

  private onMessage(message: string): void {
    try {
      const { stop, resourceVersion, ...watch } = parseWatch(message);

      if (stop) {
        this.stop(watch);
      } else {
        this.start(watch, resourceVersion);
      }
    } catch (error) {
      this.send({ name: 'resource.error', data: { error: error instanceof Error ? error.message : String(error) } });
    }
  }

  private start(watch: Watch, resourceVersion: string): void {
    if (this.stops.has(keyOfWatch(watch))) {
      return;
    }
    const { cluster } = this.request;
    const kind = cluster.kinds.find(watch.resourceType);

    if (watch.resourceType === 'schema' || watch.resourceType === 'count') {
      this.say('resource.start', watch);
      this.stops.set(
        keyOfWatch(watch),
        watch.resourceType === 'count' ? watchCounts(this.request, (data) => this.say('resource.change', watch, { data })) : () => undefined,
      );

      return;
    }
    if (!kind || !schemaOf(this.request, kind)) {
      this.fail(watch, `failed to find schema ${ watch.resourceType }`);
    } else if (!kind.verbs.includes('watch')) {
      this.fail(watch, 'watch not allowed');
    } else {
      this.watchKind(watch, kind, resourceVersion);
    }
  }

  private watchKind(watch: Watch, kind: ResourceKind, resourceVersion: string): void {
    const { store } = this.request.cluster;
    const missed = resourceVersion ? store.changesSince(resourceVersion) : this.begin(kind);

    this.say('resource.start', watch);
    if (missed === null) {
      this.fail(watch, this.request.sql ? 'resourceversion too old' : `event watch error: too old resource version: ${ resourceVersion } (${ store.revision })`);

      return;
    }
    const wanted = this.filter(watch, kind);
    const { tell, stop } = watch.mode === CHANGES ? this.changesOf(watch) : { tell: this.teller(watch, kind), stop: () => undefined };
    const tellWanted = (change: Change): void => {
      if (wanted(change)) {
        tell(change);
      }
    };

    missed.forEach(tellWanted);
    const unwatch = store.watch(tellWanted);

    this.stops.set(keyOfWatch(watch), () => {
      unwatch();
      stop();
    });
  }

  /** What a watch from nowhere begins with: the API server tells of all that is there, the SQL cache of nothing. */
  private begin(kind: ResourceKind): Change[] {
    const { store } = this.request.cluster;

    return this.request.sql ? [] : store.list(kind).map((object) => ({ type: 'ADDED', kind, object, revision: Number(object.metadata.resourceVersion) }));
  }

  private changesOf(watch: Watch): { tell: Listener; stop: Stop } {
    let revision = 0;
    // Harvester's Steve, which is older, does not say up to which revision
    const notify = new Debounced(watch.debounceMs || DEFAULT_DEBOUNCE, () => this.say(CHANGES, watch, this.request.sql ? { revision: String(revision) } : {}));

    return {
      tell: (change) => {
        revision = change.revision;
        notify.trigger();
      },
      stop: () => notify.cancel(),
    };
  }

  private teller(watch: Watch, kind: ResourceKind): Listener {
    return ({ type, object, revision }) => this.say(EVENT[type], watch, { revision: String(revision), data: formatObject(this.request, kind, object, { fields: true }) });
  }

  /** Changes that the watch is about and that the user may see. */
  private filter({ namespace, id, selector }: Watch, kind: ResourceKind): (change: Change) => boolean {
    const selected = labelSelector(selector ?? null);

    return ({ kind: changed, object }) => changed === kind &&
      (!namespace || object.metadata.namespace === namespace) &&
      // The SQL cache compares with the name alone; without it the id may begin with the namespace
      (!id || id === object.metadata.name || (!this.request.sql && id === keyOf(object.metadata.namespace, object.metadata.name))) &&
      selected(object) &&
      maySee(this.request, kind, object.metadata);
  }

  private stop(watch: Watch): void {
    const key = keyOfWatch(watch);

    this.stops.get(key)?.();
    if (this.stops.delete(key)) {
      this.say('resource.stop', watch);
    }
  }

  private fail(watch: Watch, error: string): void {
    this.say('resource.error', watch, { data: { error } });
    this.say('resource.stop', watch);
  }

  private say(name: string, watch: Watch, rest: Record<string, unknown> = {}): void {
    const kind = this.request.cluster.kinds.find(watch.resourceType);
    const given = Object.fromEntries(Object.entries(watch).filter(([, value]) => value !== '' && value !== undefined));

    this.send({ name, ...given, resourceType: kind ? schemaId(kind) : watch.resourceType, data: { type: 'subscribe', links: {} }, ...rest });
  }

  private send(message: Record<string, unknown>): void {
    if (this.socket.readyState === this.socket.OPEN) {
      this.socket.send(JSON.stringify(message));
    }
  }

  private close(): void {
    clearInterval(this.pinger);
    this.stops.forEach((stop) => stop());
    this.stops.clear();
  }
}

import { WebSocket } from 'ws';

export interface Message {
  name: string;
  resourceType?: string;
  data?: Record<string, unknown>;
  [key: string]: unknown;
}

/** How long a message may take before a test gives it up. */
const PATIENCE_MS = 60_000;

/** An open `/v1/subscribe`, whose messages are kept until somebody asks for them. */
export class Feed {
  private readonly messages: Message[] = [];
  private readonly waiting = new Set<() => void>();

  private constructor(private readonly socket: WebSocket) {
    socket.on('message', (data) => {
      this.messages.push(JSON.parse(String(data)) as Message);
      this.waiting.forEach((look) => look());
    });
  }

  static open(url: string, cookie: string, headers: Record<string, string>): Promise<Feed> {
    const socket = new WebSocket(url, { headers: { cookie, ...headers } });
    const feed = new Feed(socket);

    return new Promise((resolve, reject) => {
      socket.once('open', () => resolve(feed));
      socket.once('error', reject);
    });
  }

  send(message: Record<string, unknown>): void {
    this.socket.send(JSON.stringify(message));
  }

  /** The first message that fits, already here or still to come; it and all before it are taken. */
  next(fits: (message: Message) => boolean): Promise<Message> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.waiting.delete(look);
        reject(new Error(`no such message; there were ${ JSON.stringify(this.messages.map(({ name, resourceType }) => [name, resourceType])) }`));
      }, PATIENCE_MS);
      const look = (): void => {
        const index = this.messages.findIndex(fits);

        if (index >= 0) {
          clearTimeout(timer);
          this.waiting.delete(look);
          resolve(this.messages.splice(0, index + 1)[index] as Message);
        }
      };

      this.waiting.add(look);
      look();
    });
  }

  /** The next message of a name about a type. */
  named(name: string, resourceType?: string): Promise<Message> {
    return this.next((message) => message.name === name && (resourceType === undefined || message.resourceType === resourceType));
  }

  /** Messages that are here and were not taken. */
  pending(): Message[] {
    return [...this.messages];
  }

  close(): void {
    this.socket.terminate();
  }
}

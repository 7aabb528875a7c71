import type { NodeFile } from '../../servers/scenario';
import type { Workloads } from '../../servers/newcomers';

/** What is known of a machine beyond its Node, as the servers' control API says it. */
export interface Machine {
  kubelet: 'running' | 'down';
  /** The kubelet's own words when it is down. */
  error: string;
  memory: { capacityBytes: number; workingSetBytes: number };
  files: Record<string, string>;
}

/** The machines behind the nodes of a cluster. */
export class Machines {
  constructor(private readonly control: string) {}

  get(name: string): Promise<Machine> {
    return this.send('GET', `/nodes/${ name }`);
  }

  act(name: string, action: 'reboot' | 'restart-kubelet' | 'recover' | 'break'): Promise<Machine> {
    return this.send('POST', `/nodes/${ name }/${ action }`);
  }

  put(name: string, what: 'memory' | 'certificate' | 'delay', body: object): Promise<Machine> {
    return this.send('PUT', `/nodes/${ name }/${ what }`, body);
  }

  /** Writes a file as root would; null takes it away. */
  write(name: string, path: string, content: string | null): Promise<Machine> {
    return this.send('PUT', `/nodes/${ name }/files`, { path, content });
  }

  /** Lets a machine join the cluster. */
  join(file: NodeFile): Promise<Machine> {
    return this.send('POST', '/nodes', file);
  }

  /** Takes a machine away for good. */
  async remove(name: string): Promise<void> {
    await this.send('DELETE', `/nodes/${ name }`);
  }

  /** Brings pods and VMs into the cluster. */
  async start(workloads: Workloads): Promise<void> {
    await this.send('POST', '/objects', workloads);
  }

  async apiServer(action: 'stop' | 'start' | 'restart'): Promise<void> {
    await this.send('POST', `/apiserver/${ action }`);
  }

  private async send(method: string, path: string, body?: object): Promise<Machine> {
    const response = await fetch(this.control + path, { method, ...(body && { body: JSON.stringify(body) }) });
    const text = await response.text();

    if (!response.ok) {
      throw new Error(`${ method } ${ path }: ${ response.status } ${ text }`);
    }

    return (text === '' ? {} : JSON.parse(text)) as Machine;
  }
}

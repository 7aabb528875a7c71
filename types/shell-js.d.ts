/** JavaScript parts of @rancher/shell that we import, as far as we use them. */

declare module '@shell/config/types' {
  export const COUNT: string;
  export const NAMESPACE: string;
  export const NODE: string;
  export const POD: string;
  export const EVENT: string;
  export const SCHEMA: string;
  export const MANAGEMENT: Readonly<Record<'CLUSTER' | 'FEATURE' | 'PROJECT' | 'SETTING', string>>;
  export const METRIC: Readonly<Record<'NODE' | 'POD', string>>;
}

declare module '@shell/plugins/steve/index' {
  import type { CoreStoreInit, CoreStoreSpecifics } from '@shell/core/types';
  export function SteveFactory(namespace: string | null, baseUrl: string | null): CoreStoreSpecifics;
  export const steveStoreInit: CoreStoreInit;
}

declare module '@shell/utils/error' {
  export class ClusterNotFoundError extends Error {
    constructor(id: string);
  }
}

declare module '@shell/utils/units' {
  export function parseSi(text: string): number;
}

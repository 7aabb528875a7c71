/**
 * What the extension imports from its host without type declarations of its own:
 * modules that the build makes up, YAML files, and JavaScript parts of @rancher/shell.
 */
declare module '@rancher/auto-import' {
  import type { IPlugin } from '@shell/core/types';
  export function importTypes(plugin: IPlugin): void;
}

declare module '*.yaml' {
  const content: Record<string, unknown>;
  export default content;
}

declare module '@shell/components/*' {
  import type { DefineComponent } from 'vue';
  const component: DefineComponent<Record<string, unknown>, Record<string, unknown>, Record<string, unknown>>;
  export default component;
}

declare module '@shell/core/extension-manager-impl' {
  export function createExtensionManager(context: Record<string, unknown>): Record<string, unknown>;
}

declare module '@shell/store/type-map' {
  export const mutations: Record<string, (state: Record<string, unknown>, payload: unknown) => void>;
  export const getters: Record<string, unknown>;
  export const state: () => Record<string, unknown>;
}

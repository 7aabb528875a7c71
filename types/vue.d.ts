import type { DefineComponent } from 'vue';

declare module 'vue' {
  /** What the Dashboard puts on every component. */
  interface ComponentCustomProperties {
    /** Translates a key of l10n/, with ICU parameters. */
    t(key: string, params?: Readonly<Record<string, unknown>>): string;
  }

  /** What the Dashboard registers globally. */
  interface GlobalComponents {
    t: DefineComponent<{ k: string }>;
  }
}

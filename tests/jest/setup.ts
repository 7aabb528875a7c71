import { TextEncoder } from 'node:util';
import fc from 'fast-check';
import { config } from '@vue/test-utils';
import type { Directive } from 'vue';

// The same properties are tried on the same values in every run
fc.configureGlobal({ seed: 20_261_125 });

// What browsers have and jsdom lacks
Object.assign(globalThis, { TextEncoder });
if (typeof HTMLDialogElement !== 'undefined') {
  HTMLDialogElement.prototype.showModal ??= function showModal(this: HTMLDialogElement) {
    this.open = true;
  };
  HTMLDialogElement.prototype.close ??= function close(this: HTMLDialogElement) {
    this.open = false;
  };
}

const inert: Directive = {};

// What the host Dashboard registers globally, reduced to its visible effect.
config.global.mocks['t'] = (key: string, params?: Record<string, unknown>): string => (params ? `${ key } ${ JSON.stringify(params) }` : key);
config.global.stubs = { ...config.global.stubs, t: { props: ['k'], template: '<span>{{ k }}</span>' }, 'v-select': true };
config.global.directives = {
  ...config.global.directives,
  'clean-tooltip':       inert,
  'clean-html':          inert,
  'stripped-aria-label': inert,
  'ui-context':          inert,
  'trim-whitespace':     inert,
  'close-popper':        inert,
  shortkey:              inert,
  t:                     inert,
};

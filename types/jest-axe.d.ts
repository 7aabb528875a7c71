/** jest-axe, as far as we use it. */
declare module 'jest-axe' {
  interface Violation {
    readonly id: string;
    readonly nodes: readonly { readonly html: string }[];
  }

  export function axe(element: Element | string): Promise<{ readonly violations: readonly Violation[] }>;
}

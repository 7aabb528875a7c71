import { computed, type ComputedRef } from 'vue';
import { useRoute, useRouter } from 'vue-router';

export interface HashTab<Name extends string> {
  readonly current: ComputedRef<Name>;
  select(name: Name): void;
}

/** The tab that the address names after `#`; an unknown one is the first. Call in `setup`. */
export function useHashTab<Name extends string>(names: readonly [Name, ...Name[]]): HashTab<Name> {
  const route = useRoute();
  const router = useRouter();

  return {
    current: computed(() => names.find((name) => route.hash === `#${ name }`) ?? names[0]),
    select(name) {
      router.replace({ query: route.query, hash: `#${ name }` });
    },
  };
}

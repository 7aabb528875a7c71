import { onBeforeUnmount, onMounted, readonly, ref, type Ref } from 'vue';

/** True while the component is on the page and the page is visible: the only time in which anything may be read. */
export function usePageActive(): Readonly<Ref<boolean>> {
  const active = ref(false);
  const update = (): void => {
    active.value = document.visibilityState === 'visible';
  };

  onMounted(() => {
    document.addEventListener('visibilitychange', update);
    update();
  });
  onBeforeUnmount(() => {
    document.removeEventListener('visibilitychange', update);
    active.value = false;
  });

  return readonly(active);
}

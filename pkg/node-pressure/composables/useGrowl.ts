import { useStore } from 'vuex';

/** Tells of something that is done, where the Dashboard tells of such things. Call in `setup`. */
export function useGrowl(): (title: string, message: string) => void {
  const store = useStore();

  return (title, message) => {
    store.dispatch('growl/success', { title, message });
  };
}

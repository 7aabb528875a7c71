import { useStore } from 'vuex';

/** The Dashboard's languages that are none: it shows keys instead of texts. */
const NO_LANGUAGE = 'none';

/** Prints a time (RFC 3339) as the user's language writes dates. Call in `setup`. */
export function useDate(): (time: string) => string {
  const store = useStore();

  return (time) => {
    const language = store.getters['i18n/current']?.() as string | undefined;

    return new Date(time).toLocaleString(language === NO_LANGUAGE ? undefined : language);
  };
}

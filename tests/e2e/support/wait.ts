/** How long a condition may take before a test gives up on it. Generous: slow machines are no failures. */
export const PATIENCE_MS = 30_000;

const INTERVAL_MS = 50;

/**
 * Waits until a condition holds.
 * @param what what is waited for, for the message
 * @param holds the condition; anything but false and undefined counts as held and is returned
 */
export async function until<T>(what: string, holds: () => Promise<T | false | undefined> | T | false | undefined): Promise<T> {
  const deadline = Date.now() + PATIENCE_MS;

  for (;;) {
    const result = await holds();

    if (result !== false && result !== undefined) {
      return result;
    }
    if (Date.now() > deadline) {
      throw new Error(`Gave up waiting for ${ what }`);
    }
    await new Promise((resolve) => setTimeout(resolve, INTERVAL_MS));
  }
}

/** Does something now, again so long after each time it ended, and once more when it is stopped. */
export function againAndAgain(
  once: () => Promise<void>,
  everyMs: number,
): Readonly<{ stop: () => Promise<void> }> {
  let timer: NodeJS.Timeout | undefined;
  let working = once();
  const again = (): void => {
    timer = setTimeout(() => {
      working = once().then(again);
    }, everyMs);
  };
  void working.then(again);
  return {
    stop: async () => {
      await working;
      clearTimeout(timer);
      await once();
    },
  };
}

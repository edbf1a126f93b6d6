/** A time of the simulation's own: nothing happens before it is due, and the same happens in the same order every time. */
export type VirtualTime = Readonly<{
  nowMs: () => number;
  /** Does something later; what it gives takes it back. */
  after: (ms: number, work: () => void) => () => void;
  /** Lets so much time pass, and everything happen that is due in it. */
  pass: (ms: number) => Promise<void>;
  /** Nothing that is due happens meanwhile: it is late afterwards, as after a sleep. */
  jump: (ms: number) => void;
}>;

type Due = { readonly atMs: number; readonly work: () => void; isOver: boolean };

export function virtualTime(beginMs: number): VirtualTime {
  let nowMs = beginMs;
  /** Sorted; what is due at the same moment stays in the order in which it was asked for. */
  const due: Due[] = [];

  return {
    nowMs: () => nowMs,
    after: (ms, work) => {
      const one: Due = { atMs: nowMs + Math.max(0, ms), work, isOver: false };
      let place = due.length;
      while (place > 0 && (due[place - 1]?.atMs ?? 0) > one.atMs) place -= 1;
      due.splice(place, 0, one);
      return () => {
        one.isOver = true;
      };
    },
    pass: async (ms) => {
      const endMs = nowMs + ms;
      await settled();
      for (let next = due[0]; next !== undefined && next.atMs <= endMs; next = due[0]) {
        due.shift();
        if (next.isOver) continue;
        nowMs = Math.max(nowMs, next.atMs);
        next.work();
        await settled();
      }
      nowMs = Math.max(nowMs, endMs);
    },
    jump: (ms) => {
      nowMs += ms;
    },
  };
}

/** Everything that can go on without time passing has gone on: a tick comes after every promise that was kept. */
export function settled(): Promise<void> {
  return new Promise((resolve) => {
    process.nextTick(resolve);
  });
}

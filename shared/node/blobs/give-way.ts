/** Lets other work have its turn in the middle of a large file; ends when it is this work's turn again. */
export type GiveWay = () => Promise<unknown>;

export const nextTurn: GiveWay = () => new Promise((soon) => setImmediate(soon));

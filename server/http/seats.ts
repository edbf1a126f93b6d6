import type { Writer } from '#shared/drafting/public.ts';
import type { DeviceId, DocumentId } from '#shared/kernel/public.ts';
import { seatSeconds } from '#shared/sync/public.ts';

type Seat = Readonly<{ writers: readonly Writer[]; untilMs: number }>;

/** Who is at which draft, at which desk; known as long as they say so, and kept nowhere. */
export type Seats = Readonly<{
  /** A desk says who is at a draft there; whether that is news to the others. */
  take: (document: DocumentId, device: DeviceId, writers: readonly Writer[]) => boolean;
  othersThan: (document: DocumentId, device: DeviceId) => readonly Writer[];
  /** The other desks at a draft. */
  desksBeside: (document: DocumentId, device: DeviceId) => readonly DeviceId[];
}>;

export function createSeats(nowMs: () => number): Seats {
  const drafts = new Map<DocumentId, Map<DeviceId, Seat>>();
  const at = (document: DocumentId): ReadonlyMap<DeviceId, Seat> => {
    const seats = drafts.get(document);
    if (seats === undefined) return new Map();
    for (const [device, { untilMs }] of seats) if (untilMs < nowMs()) seats.delete(device);
    if (seats.size === 0) drafts.delete(document);
    return seats;
  };
  const beside = (document: DocumentId, device: DeviceId) =>
    [...at(document)].filter(([other]) => other !== device);
  return {
    take: (document, device, writers) => {
      const before = at(document).get(device)?.writers ?? [];
      const seats = drafts.get(document) ?? new Map<DeviceId, Seat>();
      if (writers.length === 0) seats.delete(device);
      else drafts.set(document, seats.set(device, { writers, untilMs: nowMs() + seatSeconds * 1000 }));
      return JSON.stringify(before) !== JSON.stringify(writers);
    },
    othersThan: (document, device) => beside(document, device).flatMap(([, { writers }]) => writers),
    desksBeside: (document, device) => beside(document, device).map(([other]) => other),
  };
}

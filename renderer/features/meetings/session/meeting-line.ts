import { useEffect, useState } from 'react';
import type { MeetingId } from '#shared/kernel/public.ts';
import type { MeetingTelling, Told } from '#shared/meetings/public.ts';
import { core } from '../../../app/client.ts';

type Heard = Omit<Told, 'meetingId'>;

/** What those in a meeting tell each other while they sit, and nobody keeps. */
export type MeetingLine = Readonly<{
  /** Lost where the server is away: whatever has to arrive is a command. */
  tell: (telling: MeetingTelling) => void;
  onTold: (listener: (heard: Heard) => void) => () => void;
  /** Told each time the line is open, at first and again. */
  onOpen: (listener: () => void) => () => void;
}>;

const againMs = 1000;

/** The line of a meeting for as long as the page is shown. */
export function useMeetingLine(meetingId: MeetingId): MeetingLine {
  const [line] = useState(() => openLine(meetingId));
  useEffect(() => line.listen(), [line]);
  return line;
}

function openLine(meetingId: MeetingId): MeetingLine & Readonly<{ listen: () => () => void }> {
  const listeners = new Set<(heard: Heard) => void>();
  const openers = new Set<() => void>();
  const listen = async (signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) {
      try {
        const told = await core.meetings.hear({ meetingId }, { signal });
        for (const opener of openers) opener();
        for (let next = await told.next(); next.done !== true; next = await told.next()) {
          for (const listener of listeners) listener(next.value);
        }
      } catch {
        // The way to the core was lost, or nobody is signed in: both are shown elsewhere.
      }
      if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, againMs));
    }
  };
  return {
    tell: (telling) => {
      core.meetings.tell({ meetingId, telling }).catch(() => undefined);
    },
    onTold: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    onOpen: (opener) => {
      openers.add(opener);
      return () => {
        openers.delete(opener);
      };
    },
    listen: () => {
      const over = new AbortController();
      void listen(over.signal);
      return () => {
        over.abort();
      };
    },
  };
}

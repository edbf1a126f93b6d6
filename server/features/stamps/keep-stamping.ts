import { randomBytes } from 'node:crypto';
import { stampsAggregate, stampsId } from '#shared/access/public.ts';
import { agencyAggregate } from '#shared/directory/public.ts';
import {
  CommandIdSchema,
  PersonIdSchema,
  instantFrom,
  uuidV7From,
  type AgencyId,
} from '#shared/kernel/public.ts';
import { stampHead } from '#shared/node/access-log/public.ts';
import type { Serving } from '../../log/serving.ts';

const lookEveryMs = 10 * 60_000;
const soonMs = 30_000;

type Parts = Readonly<{
  agencyId: AgencyId;
  server: Pick<Serving, 'head' | 'looking' | 'decide' | 'collecting'>;
  nowMs: () => number;
  /** A stamp was kept: whoever listens looks again. */
  decided: () => void;
  failed: (error: unknown) => void;
}>;

/** Has the head of the agency's log stamped where that is due; false where it is not. */
export async function stampAgencyHead(
  { agencyId, server, nowMs }: Omit<Parts, 'decided' | 'failed'>,
  isClosing: boolean,
): Promise<boolean> {
  const now = () => instantFrom(nowMs());
  const head = await server.head();
  const { agency, stamps } = await server.looking((look) => ({
    agency: look(agencyAggregate, agencyId),
    stamps: look(stampsAggregate, stampsId),
  }));
  const given = await stampHead({
    agency,
    stamps,
    head,
    now,
    isClosing,
    entriesAfter: server.collecting.entriesAfter,
  });
  if (given === null) return false;
  const { entry } = await server.decide({
    id: CommandIdSchema.parse(uuidV7From(nowMs(), randomBytes(10))),
    name: 'access.stamp',
    actor: PersonIdSchema.parse(agencyId),
    onBehalfOf: null,
    claimedAt: now(),
    body: given,
  });
  return entry.refusal === null;
}

/** Looks now and then whether a stamp is due, and once more as the server stops. */
export function keepStamping(parts: Parts): Readonly<{ stop: () => Promise<void> }> {
  let timer: NodeJS.Timeout | undefined;
  let isOver = false;
  const once = async (isClosing: boolean): Promise<void> => {
    try {
      if (await stampAgencyHead(parts, isClosing)) parts.decided();
    } catch (error) {
      // A service that is away is asked again the next time.
      parts.failed(error);
    }
  };
  const later = (ms: number): void => {
    if (isOver) return;
    timer = setTimeout(() => {
      working = once(false).then(() => {
        later(lookEveryMs);
      });
    }, ms);
  };
  let working: Promise<void> = Promise.resolve();
  later(soonMs);
  return {
    stop: async () => {
      isOver = true;
      clearTimeout(timer);
      await working;
      await once(true);
    },
  };
}

import type { z } from 'zod';
import { AppError } from '#shared/kernel/public.ts';
import type { HubDoor } from '#server/features/exchange/hub-door.ts';
import { Refused } from '#server/http/asking.ts';
import type { HubAnswers } from '#server/hub/hub-answers.ts';
import type { Setting } from './setting.ts';
import type { SimulatedHub } from './simulated-hub.ts';

export type LineParts = Readonly<{
  setting: Setting;
  hub: SimulatedHub;
  isOnline: () => boolean;
  /** Whether the run that asks is still there: what comes for an earlier one finds nobody. */
  isThere: () => boolean;
  /** What the hub makes of a piece that somebody fetches. */
  onPiece: (bytes: Buffer) => Buffer;
}>;

/** Longer than a hub waits before it answers that nothing has come (`hub-door.ts`). */
const stillMs = 45_000;
const refusedMs = 1000;

/** An agency's line to the hub: it loses, delays and doubles what it carries, as long as there is a storm. */
export function simulatedLine({ setting, hub, isOnline, isThere, onPiece }: LineParts): HubDoor {
  const { chance, below, count, time, isStormy } = setting;
  const happens = (rate: number) => isStormy() && chance() < rate;
  const delayMs = () => (isStormy() ? 20 + below(chance() < 0.05 ? 20_000 : 300) : 20);
  const away = () => new AppError('hub.away', { host: 'hub' });

  /** A question travels, is answered, and the answer travels back; each may be lost, late or twice. */
  function carry(path: string, ask: (answers: HubAnswers) => unknown): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const failAfter = (ms: number) =>
        time.after(ms, () => {
          if (isThere()) reject(away());
        });
      if (!isOnline()) {
        failAfter(refusedMs);
        return;
      }
      const tooLate = failAfter(stillMs);
      const arrive = (isFirst: boolean) => () => void reach(isFirst);
      const reach = async (isFirst: boolean): Promise<void> => {
        let answer: () => void;
        try {
          const given = await hub.guarded((answers) => Promise.resolve(ask(answers)));
          if (given === null) return;
          answer = () => {
            resolve(Buffer.isBuffer(given) ? given : JSON.parse(JSON.stringify(given)));
          };
        } catch (error) {
          const told = faultOf(error);
          answer = () => {
            reject(told);
          };
        }
        if (!isFirst) return;
        if (happens(0.06) || !isOnline()) {
          count('answer lost');
          return;
        }
        time.after(delayMs(), () => {
          tooLate();
          if (isThere()) answer();
        });
      };
      if (happens(0.05)) {
        count('request lost');
        return;
      }
      time.after(delayMs(), arrive(true));
      if (!happens(0.06)) return;
      count(path === '/x1/hand' ? 'parcel handed twice' : 'request twice');
      time.after(delayMs(), arrive(false));
    });
  }

  async function asJson<Schema extends z.ZodType>(given: Promise<unknown>, gives: Schema) {
    const read = gives.safeParse(await given);
    if (!read.success) throw new AppError('hub.strange-answer', { status: 200 });
    return read.data;
  }

  return {
    post: (path, body, { gives, token }) => {
      const text = JSON.stringify(body);
      return asJson(
        carry(path, (answers) => answerTo(answers, { path, body: JSON.parse(text), token })),
        gives,
      );
    },
    put: (path, bytes, gives, token) =>
      asJson(
        carry(path, async (answers) => {
          const url = new URL(path, 'https://hub');
          const query = Object.fromEntries(url.searchParams);
          const asked = { place: placeIn(url), query, bytes: Buffer.from(bytes) };
          return answers.takePiece(await answers.speaking(`Bearer ${token}`), asked);
        }),
        gives,
      ),
    get: async (path, token) => {
      const asked = async (answers: HubAnswers) =>
        answers.givePiece(await answers.speaking(`Bearer ${token}`), placeIn(new URL(path, 'https://hub')));
      // A piece is carried as the bytes it is.
      return onPiece((await carry(path, asked)) as Buffer);
    },
  };
}

type Asked = Readonly<{ path: string; body: unknown; token: string | undefined }>;

async function answerTo(answers: HubAnswers, { path, body, token }: Asked): Promise<unknown> {
  const speaking = () => answers.speaking(`Bearer ${token ?? ''}`);
  switch (path) {
    case '/x1/challenge':
      return answers.challenge();
    case '/x1/session':
      return answers.session(body);
    case '/x1/describe':
      return answers.describe(await speaking(), body);
    case '/x1/directory':
      await speaking();
      return answers.directory();
    case '/x1/parts/offer':
      return answers.offer(await speaking(), body);
    case '/x1/hand':
      return answers.hand(await speaking(), body);
    case '/x1/collect':
      return answers.collect(await speaking(), body);
    default:
      throw new Error(`No such door: ${path}`);
  }
}

function placeIn({ pathname }: URL): unknown {
  const [hash, piece] = pathname.split('/').slice(-2);
  return { hash, piece };
}

/** As a door makes it of what the hub says. */
function faultOf(error: unknown): unknown {
  return error instanceof Refused
    ? new AppError(error.code as `${string}.${string}`, { status: error.status })
    : error;
}

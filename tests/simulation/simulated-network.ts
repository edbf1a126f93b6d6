import { AppError, type DeviceId, type DocumentId } from '#shared/kernel/public.ts';
import { draftWake } from '#shared/sync/public.ts';
import type { Heard, Outside } from '#electron/sync/outside.ts';
import { doorOver, type Carried, type Question as Asked } from '#electron/sync/server-door.ts';
import type { Setting } from './setting.ts';
import type { Answer, Question } from './simulated-server.ts';

/** Whoever asks: a desk in one of its lives. */
export type Asker = Readonly<{
  device: () => DeviceId;
  isOnline: () => boolean;
  /** The life that asks now: what comes for an earlier one finds nobody. */
  life: () => number;
}>;

export type SimulatedNetwork = Readonly<{
  outside: (asker: Asker) => Outside;
  /** Something was decided. */
  decided: () => void;
  wake: (devices: readonly DeviceId[], document: DocumentId) => void;
  /** Every line is cut. */
  cutLines: () => void;
}>;

type Line = Readonly<{ asker: Asker; device: DeviceId; life: number; heard: Heard }>;

const stillMs = 12_000;
const refusedMs = 1000;

export type NetworkParts = Readonly<{
  setting: Setting;
  isStormy: () => boolean;
  /** Whether desks hear of news over a line that stays open; without it they look by themselves. */
  hasLines: boolean;
  answer: (question: Question) => Promise<Answer | null>;
}>;

/** A network that loses, doubles, delays, reorders and alters what it carries, as long as there is a storm. */
export function simulatedNetwork({ setting, isStormy, hasLines, answer }: NetworkParts): SimulatedNetwork {
  const { chance, count, time } = setting;
  const below = (n: number) => Math.floor(chance() * n);
  const lines = new Set<Line>();
  const delay = () => (isStormy() ? 20 + below(chance() < 0.1 ? 20_000 : 400) : 20);
  const happens = (rate: number) => isStormy() && chance() < rate;

  /** One question travels, is answered, and the answer travels back; all of it may be lost, late, twice or altered. */
  function carry(asker: Asker, path: string, { method, bytes, token }: Asked): Promise<Carried> {
    const life = asker.life();
    const isCurrent = () => asker.life() === life;
    const question: Question = { method, path, bytes: Buffer.from(bytes ?? []), token };
    return new Promise((resolve, reject) => {
      const away = (ms: number) =>
        time.after(ms, () => {
          if (isCurrent()) reject(new AppError('sync.server-away', { host: 'server' }));
        });
      if (!asker.isOnline()) {
        away(refusedMs);
        return;
      }
      const cancel = away(stillMs);
      const arrive = (isFirst: boolean) => async () => {
        const answered = await answer(altered(question));
        if (answered === null || !isFirst) return;
        if (happens(0.08) || !asker.isOnline()) {
          count('answer lost');
          return;
        }
        time.after(delay(), () => {
          if (!isCurrent()) return;
          cancel();
          resolve(alteredAnswer(question, answered));
        });
      };
      const go = (ms: number, isFirst: boolean) =>
        time.after(ms, () => {
          arrive(isFirst)().catch(reject);
        });
      if (happens(0.08)) count(`${kindOf(question)} lost`);
      else go(delay(), true);
      if (happens(0.06)) {
        count(`${kindOf(question)} twice`);
        go(delay() * 3, false);
      }
    });
  }

  /** Somebody on the way makes a command older than it is, or spoils a piece of a file. */
  function altered(question: Question): Question {
    if (question.path === '/v1/push' && happens(0.02)) {
      const text = question.bytes.toString();
      const other = text.replace(/("claimedAt":")\d{4}/u, '$12019');
      if (other === text) return question;
      count('request altered');
      return { ...question, bytes: Buffer.from(other) };
    }
    if (question.method === 'PUT' && happens(0.03)) {
      count('piece altered');
      return { ...question, bytes: spoilt(question.bytes) };
    }
    return question;
  }

  function alteredAnswer({ method }: Question, answered: Answer): Answer {
    if (method !== 'GET' || answered.status !== 200 || !happens(0.03)) return answered;
    count('piece altered');
    return { ...answered, bytes: spoilt(answered.bytes) };
  }

  function spoilt(bytes: Buffer): Buffer {
    const other = Buffer.from(bytes);
    const place = below(other.length);
    other[place] = (other[place] ?? 0) ^ (1 << below(8));
    return other;
  }

  function say(line: Line, text: string): void {
    if (happens(0.1) || !line.asker.isOnline()) return;
    time.after(delay(), () => {
      if (lines.has(line) && line.asker.life() === line.life) line.heard.said(text);
    });
  }

  return {
    outside: (asker) => {
      const life = asker.life();
      return {
        door: doorOver((path, asked) => carry(asker, path, asked)),
        listen: (_token, heard) => {
          const line: Line = { asker, device: asker.device(), life, heard };
          if (hasLines) lines.add(line);
          return { close: () => void lines.delete(line) };
        },
        timers: {
          nowMs: time.nowMs,
          chance,
          after: (ms, work) =>
            time.after(ms, () => {
              if (asker.life() === life) work();
            }),
        },
      };
    },
    decided: () => {
      for (const line of lines) say(line, 'new');
    },
    wake: (devices, document) => {
      for (const line of lines) if (devices.includes(line.device)) say(line, draftWake + document);
    },
    cutLines: () => {
      for (const line of lines) {
        lines.delete(line);
        time.after(delay(), () => {
          if (line.asker.life() === line.life) line.heard.closed();
        });
      }
    },
  };
}

function kindOf({ method, path }: Question): string {
  if (method !== 'POST') return 'piece';
  if (path.startsWith('/v1/drafts')) return 'words';
  return path === '/v1/push' || path === '/v1/pull' ? 'request' : 'small question';
}

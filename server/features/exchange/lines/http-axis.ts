import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '#shared/kernel/public.ts';
import { callAxis, type Answer } from './axis-call.ts';
import type { AxisSettings } from './axis-settings.ts';
import type { Sending, Transport } from './transport.ts';

/** What an axis calls the two kinds of messages (VXP: `messagetype`). */
const messageTypes = { document: 'edoc', status: 'status' } as const;

const ItemSchema = z.record(z.string(), z.unknown());

/**
 * An axis over HTTP: `sendEdoc`, `getReceivedEdocList`, `getEdoc`, `updateStatus`. That a message was taken is said only after
 * it is on our disk; one that can be taken once somebody has mended something here stays there, and is asked for again by the
 * next run of the server.
 */
export function httpAxis(settings: AxisSettings): Transport {
  const { paths, fields, headers, login } = settings;
  const waitsForAPerson = new Set<string>();
  let token: string | null = null;

  async function logIn(): Promise<string | null> {
    if (login === null) return null;
    const answer = await callAxis(settings, {
      path: login.path,
      type: 'application/json',
      bytes: Buffer.from(JSON.stringify(login.body)),
      headers,
    });
    const given = answer.status === 200 ? textAt(memberOf(answer), login.token) : null;
    if (given === null || given === '') throw new AppError('line.not-allowed', { status: answer.status });
    return given;
  }

  async function ask(path: string, body: Body): Promise<Answer> {
    const once = async (): Promise<Answer> => {
      token ??= await logIn();
      const believed = login === null || token === null ? {} : { [login.header]: `${login.before}${token}` };
      return callAxis(settings, { path, ...body, headers: { ...headers, ...believed, ...body.headers } });
    };
    let answer = await once();
    if (isUnbelieved(answer) && login !== null) {
      token = null;
      answer = await once();
    }
    if (isUnbelieved(answer)) throw new AppError('line.not-allowed', { status: answer.status });
    if (answer.status !== 200) throw new AppError('line.strange-answer', { status: answer.status });
    return answer;
  }

  /** An answer that says how it went; what it says besides. */
  async function askInJson(path: string, body: Body): Promise<unknown> {
    const answer = memberOf(await ask(path, body));
    const result = textAt(answer, fields.result);
    if (result !== null && result !== settings.ok) throw new AppError('line.axis-refused', { code: result });
    return answer;
  }

  async function listOf(type: string): Promise<readonly string[]> {
    const asked = { [fields.serviceType]: 'eDoc', [fields.messageType]: type };
    const answer = await askInJson(paths.list, json(asked));
    const inside = Array.isArray(answer) ? answer : ItemSchema.safeParse(answer).data?.[fields.list];
    const items = z
      .array(ItemSchema)
      .max(10_000)
      .safeParse(inside ?? []);
    if (!items.success) throw new AppError('line.strange-answer', { status: 200 });
    return items.data.flatMap((item) => textAt(item, fields.docId) ?? textAt(item, 'id') ?? []);
  }

  return {
    send: async (sending) => {
      await askInJson(paths.send, formOf(settings, sending));
    },
    waiting: async () => {
      const keys: string[] = [];
      for (const type of Object.values(messageTypes)) {
        keys.push(...(await listOf(type)).map((docId) => `${type}:${docId}`));
      }
      // Some list a message twice.
      return [...new Set(keys)].filter((key) => !waitsForAPerson.has(key)).map((key) => ({ key }));
    },
    fetch: async ({ key }) => {
      const { type, docId } = partsOf(key);
      const asked = { [fields.docId]: docId, [fields.messageType]: type };
      const { bytes } = await ask(paths.get, json(asked));
      return bytes;
    },
    acknowledge: async ({ key }, outcome) => {
      if (!outcome.taken && outcome.mayPass) {
        waitsForAPerson.add(key);
        return;
      }
      const status = outcome.taken ? 'done' : 'fail';
      await askInJson(paths.update, json({ [fields.docId]: partsOf(key).docId, [fields.status]: status }));
    },
    test: async () => {
      await listOf(messageTypes.document);
    },
  };
}

type Body = Readonly<{ type: string; bytes: Uint8Array; headers: Readonly<Record<string, string>> }>;

function json(value: unknown): Body {
  return { type: 'application/json', bytes: Buffer.from(JSON.stringify(value)), headers: {} };
}

/** One file and the fields beside it (RFC 7578). */
function formOf({ fields }: AxisSettings, { id, what, from, bytes }: Sending): Body {
  const boundary = `antin-${randomBytes(16).toString('hex')}`;
  const told = {
    [fields.from]: from,
    [fields.serviceType]: 'eDoc',
    [fields.messageType]: messageTypes[what],
  };
  const parts = Object.entries(told).map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const file = [
    `--${boundary}\r\nContent-Disposition: form-data; name="${fields.file}"; filename="${id}.edxml"\r\n`,
    'Content-Type: application/xml\r\n\r\n',
  ].join('');
  return {
    type: `multipart/form-data; boundary=${boundary}`,
    bytes: Buffer.concat([Buffer.from(parts.join('') + file), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]),
    headers: { [fields.hash]: createHash('sha256').update(bytes).digest('hex') },
  };
}

function partsOf(key: string): Readonly<{ type: string; docId: string }> {
  const at = key.indexOf(':');
  return { type: key.slice(0, at), docId: key.slice(at + 1) };
}

function isUnbelieved({ status }: Answer): boolean {
  return status === 401 || status === 403;
}

function memberOf({ bytes, status }: Answer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    throw new AppError('line.strange-answer', { status }, error);
  }
}

/** A text or a number of an answer as text; null for everything else. */
function textAt(answer: unknown, name: string): string | null {
  const value = ItemSchema.safeParse(answer).data?.[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

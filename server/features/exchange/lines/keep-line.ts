import { codeOn, consignmentAggregate, sendingBackOffMs, type LineView } from '#shared/exchange/public.ts';
import { agencyAggregate } from '#shared/directory/public.ts';
import { AppError, dayOf, type Instant } from '#shared/kernel/public.ts';
import { Fenced } from '#shared/node/agency-log/public.ts';
import type { LineMessage } from '#shared/node/exchange/public.ts';
import { sentenceOf } from '#shared/node/text/public.ts';
import { alarm, decide, stateOf, type GatewayParts } from '../gateway-parts.ts';
import { tablesOf, type Line } from './line-settings.ts';
import { takeLineMessage } from './take-line-message.ts';
import type { Outcome, Transport, Waiting } from './transport.ts';

export type LineKeeper = Readonly<{
  /** Something may be due to go out. */
  wake: () => void;
  view: () => LineView;
  /** Settles when the line has come to rest after `over`. */
  stopped: Promise<void>;
}>;

type Order = Readonly<{
  line: Line;
  over: AbortSignal;
  /** Something came: answers may be owed. */
  came: () => void;
}>;

/** After so many tries a message that is here and cannot be taken is set aside. */
const mostTries = 12;
const mostAways = 3;

/** Carries what is due over one line and takes what comes, for as long as the server runs; a fault of one message holds up no other. */
export function keepLine(parts: GatewayParts, { line, over, came }: Order): LineKeeper {
  const { exchange, machine } = parts;
  const transport = parts.transportOf(line);
  const tries = new Map<string, number>();
  let seenAt: Instant | null = null;
  let fault: LineView['fault'] = null;
  let rest: AbortController | null = null;
  let isWoken = false;

  async function pause(ms: number): Promise<void> {
    if (isWoken || over.aborted) {
      isWoken = false;
      return;
    }
    rest = new AbortController();
    // Cut short by whoever has something to send, or by the end.
    const cut = AbortSignal.any([rest.signal, over]);
    await machine.sleep(Math.max(0, ms), cut);
    rest = null;
    isWoken = false;
  }

  function report(error: unknown): void {
    const known = error instanceof AppError ? error : new AppError('line.unexpected', {}, error);
    fault = { code: known.code, params: known.params };
    const because = error instanceof AppError ? '' : String(error).slice(0, 200);
    parts.say({ what: 'line fault', line: line.id, code: known.code, because });
  }

  async function once(): Promise<void> {
    let latest: unknown = null;
    for (const message of exchange.lineDue(line.id, machine.nowMs())) {
      if (over.aborted) return;
      latest = (await handOne(parts, { line, transport, came }, message)) ?? latest;
    }
    let aways = 0;
    for (const waiting of await transport.waiting()) {
      if (over.aborted) return;
      const own = await takeOne(waiting);
      latest = own ?? latest;
      // One message that always breaks off lets the others pass; several mean that the line is down.
      if (own instanceof AppError && own.code === 'line.away' && (aways += 1) >= mostAways) throw own;
    }
    seenAt = parts.now();
    if (latest === null) fault = null;
    else report(latest);
  }

  /** Gives what went wrong with this message alone. */
  async function takeOne(waiting: Waiting): Promise<unknown> {
    const { key } = waiting;
    let outcome: Outcome = { taken: true };
    let own: AppError | null = null;
    let isHere = false;
    try {
      const bytes = await transport.fetch(waiting);
      isHere = true;
      await takeLineMessage(parts, line, bytes);
    } catch (error) {
      const isCutOff = !isHere && error instanceof AppError && error.code === 'line.away';
      if (stopsTheLine(error) && !isCutOff) throw error;
      const count = (tries.get(key) ?? 0) + 1;
      tries.set(key, count);
      const isForGood = error instanceof AppError && isNeverTaken(error);
      // What could not be fetched waits there for as long as it has to.
      if (!isForGood && (!isHere || count < mostTries)) return error;
      own = error instanceof AppError ? error : new AppError('line.unexpected', {}, error);
      outcome = {
        taken: false,
        sentence: sentenceOf(`refusal.${own.code}`, own.params),
        mayPass: mendable.has(own.code),
      };
      await alarm(parts, 'exchange.line-refused', null, `${line.name}: ${key}`);
      parts.say({ what: 'line message set aside', line: line.id, key, code: own.code });
    }
    await transport.acknowledge(waiting, outcome);
    tries.delete(key);
    came();
    return own;
  }

  async function work(): Promise<void> {
    let failures = 0;
    while (!over.aborted) {
      try {
        await once();
        if (failures > 0 && exchange.lineIsBack(line.id) > 0) isWoken = true;
        failures = 0;
        const dueMs = exchange.lineDueMs(line.id) - machine.nowMs();
        await pause(Math.min(line.pollSeconds * 1000, Math.max(500, dueMs)));
      } catch (error) {
        failures += 1;
        report(error);
        await pause(sendingBackOffMs(failures, machine.chance()));
      }
    }
  }

  return {
    wake: () => {
      isWoken = true;
      rest?.abort();
    },
    view: () => ({ id: line.id, name: line.name, kind: line.transport.kind, seenAt, fault }),
    stopped: work(),
  };
}

/** Hands one message over; gives what went wrong with it alone, and throws what stands against all of them. */
async function handOne(
  parts: GatewayParts,
  { line, transport, came }: Readonly<{ line: Line; transport: Transport; came: () => void }>,
  message: LineMessage,
): Promise<unknown> {
  const { exchange, machine } = parts;
  const { id, what, about, address, hash, size } = message;
  if (!parts.sealed.has(hash)) {
    // Written on a machine that is gone: written once more, under the name its document has on the line.
    await exchange.lineLost(id);
    came();
    return null;
  }
  const own = await stateOf(parts, agencyAggregate, parts.folder.file.agencyId);
  const { codeForm } = tablesOf(line);
  try {
    await transport.send({
      id,
      what: what === 'envelope' ? 'document' : 'status',
      from: (own === null ? null : codeOn(own, dayOf(parts.now()), codeForm)) ?? '',
      to: address,
      bytes: await parts.sealed.read(hash, 0, size),
    });
  } catch (error) {
    exchange.lineFailed(id, machine.nowMs() + sendingBackOffMs(message.tries + 1, machine.chance()));
    if (stopsTheLine(error)) throw error;
    return error;
  }
  await exchange.lineHanded(id, what === 'envelope');
  const isQueued =
    what === 'envelope' && (await stateOf(parts, consignmentAggregate, about))?.state === 'queued';
  if (isQueued) await decide(parts, 'exchange.recordSent', { consignments: [about], at: parts.now() });
  return null;
}

const forAll = new Set([
  'line.away',
  'line.not-allowed',
  'line.folder',
  'store.disk-full',
  'store.disk-fault',
  'store.no-access',
  'store.in-use',
]);

function stopsTheLine(error: unknown): boolean {
  return error instanceof Fenced || (error instanceof AppError && forAll.has(error.code));
}

/** Taken once the table, the directory or the trusted roots have what is missing. */
const mendable = new Set(['line.not-for-us', 'line.stranger', 'line.unproven']);

const never = new Set([
  ...mendable,
  'line.broken-signature',
  'line.about-nothing',
  'line.other-content',
  'line.too-large',
]);

/** What is wrong with the message itself does not pass by waiting. */
function isNeverTaken({ code }: AppError): boolean {
  return code.startsWith('edxml.') || never.has(code);
}

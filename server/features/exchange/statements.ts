import {
  differencesBetween,
  doesAgree,
  merkleRoot,
  statementOf,
  type Difference,
  type Listed,
  type Statement,
} from '#shared/exchange/public.ts';
import { DaySchema, addDays, dayOf, instantFrom, type Day } from '#shared/kernel/public.ts';
import { questionKey } from '#shared/node/exchange/public.ts';
import { alarm, peersOf, type GatewayParts } from './gateway-parts.ts';

/** Compares what the other side says of a channel and some days, and offers again what it lacks. */
export async function takeStatement(parts: GatewayParts, statement: Statement): Promise<void> {
  const { exchange, folder } = parts;
  const { from: peer, day, until, what } = statement;
  const isOurs = statement.sender === folder.file.agencyId;
  const ofEnvelopes = what === 'envelopes';
  // What was decided a moment ago may not be in the folder's file yet where the log is in a database.
  await exchange.catchUp();
  const own = listed(parts, statement, peer);
  const agrees = doesAgree(statement, own);
  const [sent, received] = isOurs ? [own, statement.listed] : [statement.listed, own];
  const differences = agrees ? [] : differencesBetween(sent, received);
  for (const { id, how } of differences) {
    await alarm(parts, ofEnvelopes ? `exchange.${how}` : `exchange.receipt-${how}`, peer, id);
    if (isOurs && how === 'not-received') await exchange.offerAgain(peer, id);
  }
  if (isOurs && ofEnvelopes) await hearOfOurs(parts, statement, differences);
  // A sender that says it sent what is not here is told what is; so is one that was brought back and asks.
  if (!isOurs && (statement.asks || !agrees)) {
    const { id } = statement;
    // Who was brought back seals anew what is not here. What waits here for its files is not to come with other bytes: its
    // sender brings the files again, or hears in the end that they never came.
    const waiting = statement.asks && parts.guards['ask-first'] ? exchange.asideFrom(peer) : [];
    const about = { what, sender: peer, day, until, again: id, asks: false, answers: id, waiting };
    await oweStatement(parts, peer, about);
  }
  // What it had of ours may be gone with the rest: it is given all of it once more, receipts and envelopes.
  if (!isOurs && statement.asks) await exchange.offerSince(peer, day);
}

/** How far they have our series: behind it, this agency was brought back from an older copy and goes on after it. */
async function hearOfOurs(
  parts: GatewayParts,
  { from: peer, highest, answers, listed: theirs }: Statement,
  differences: readonly Difference[],
): Promise<void> {
  const { exchange } = parts;
  // All they have of ours is noted before it counts as heard: once they are heard, what is owed to them is sealed, and nothing
  // they have may be sealed anew.
  for (const { id, how } of differences) {
    const found = how === 'not-sent' ? theirs.find((one) => one.id === id) : undefined;
    if (found !== undefined) await exchange.keepTheirs(peer, id, found.digest);
  }
  // An older answer may still lie in the mailbox: only one to this very question counts.
  const restored = exchange.restored();
  const isAnswer = restored !== null && answers !== null && exchange.hasAsked(answers, restored.at);
  const own = exchange.highest('sent', peer);
  if (highest > own && !exchange.isHeard(peer)) {
    await alarm(parts, 'exchange.series-behind', peer, String(highest));
  }
  await exchange.heard(peer, highest, isAnswer);
}

type About = Pick<Statement, 'what' | 'day' | 'until' | 'asks' | 'answers'> &
  Readonly<{
    sender: string;
    again: string;
    /** What came and is not decided on yet, listed with the rest. */
    waiting?: readonly Listed[];
  }>;

const mostListed = 5000;

/** In the order of their ids, each once. */
function together(one: readonly Listed[], other: readonly Listed[]): readonly Listed[] {
  const all = new Map([...one, ...other].map((row) => [row.id, row]));
  return [...all.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** What this side has of a channel and some days. */
function listed(
  { exchange, folder }: GatewayParts,
  { what, sender, day, until }: Pick<About, 'what' | 'sender' | 'day' | 'until'>,
  peer: string,
): readonly Listed[] {
  const side = sender === folder.file.agencyId ? 'sent' : 'received';
  return what === 'envelopes'
    ? exchange.listed(side, peer, { day, until })
    : exchange.listedReceipts(side, peer, { day, until });
}

/** A server that was off for so long still compares the days before. */
const mostDaysOff = 31;

/** Each day is compared once it is over and everything of it is out, also where nobody was there to do it on the next. */
export async function oweDaily(parts: GatewayParts, yesterday: Day): Promise<void> {
  const { exchange, folder } = parts;
  const days = { day: addDays(yesterday, -mostDaysOff), until: yesterday };
  for (const { what, peer, day } of exchange.channelsOn(days)) {
    if (what === 'receipts' && !parts.guards['receipts-compared']) continue;
    const about = { what, sender: folder.file.agencyId, day, until: day };
    // Once more where something of that day came after all, or went.
    const again = merkleRoot(listed(parts, about, peer));
    await oweStatement(parts, peer, { ...about, again, asks: false, answers: null });
  }
}

/** Puts down what this side has of a channel and some days, once. */
export async function oweStatement(parts: GatewayParts, peer: string, about: About): Promise<void> {
  const { exchange, folder } = parts;
  const own = folder.file.agencyId;
  const { again, waiting = [], ...said } = about;
  const { what, sender, day, until } = said;
  const key = `statement:${what}:${peer}:${sender}:${day}:${until}:${again}`;
  // Over a database every writing is a note for ever, also one that says nothing new.
  if (exchange.isOwed(key)) return;
  const side = sender === own ? 'sent' : 'received';
  const told = {
    ...said,
    listed: together(listed(parts, about, peer), waiting).slice(0, mostListed),
    highest: exchange.highest(side, peer),
    created: parts.now(),
  };
  await exchange.owe({
    key,
    what: 'statement',
    peer,
    about: day,
    body: statementOf({ id: parts.machine.newId(), from: own, to: peer }, told),
  });
}

/** A machine that was set up anew may have any time; whatever is later than the copy is asked for. */
const noEnd = DaySchema.parse('9999-12-31');

/** Longer than anybody works without a network and then brings what was decided before the copy. */
const daysBefore = 7;

/** A question or its answer may be lost on the way: nothing goes to whom it was put before it has been answered. */
const askAgainMs = 3_600_000;

/** After an older copy was taken up: asks everybody what they have, until they have said it. */
export async function askAfterRestore(parts: GatewayParts): Promise<void> {
  const { exchange, folder } = parts;
  const question = questionOf(parts);
  if (question === null) return;
  const { day, until, at } = question;
  const hour = Math.floor((parts.machine.nowMs() - Date.parse(at)) / askAgainMs);
  const about = { what: 'envelopes', sender: folder.file.agencyId, day, until } as const;
  for (const { id, state, own, line } of await peersOf(parts)) {
    if (own || state !== 'confirmed' || exchange.isHeard(id)) continue;
    // Other systems cannot be asked; they know a document again by its name (QĐ 28/2018 Đ10).
    if (line !== undefined) {
      await exchange.heard(id, 0, true);
      continue;
    }
    await oweStatement(parts, id, {
      ...about,
      again: questionKey(at) + String(hour),
      asks: true,
      answers: null,
    });
  }
}

function questionOf({ exchange }: GatewayParts): Readonly<{ day: Day; until: Day; at: string }> | null {
  const restored = exchange.restored();
  if (restored === null) return null;
  const dayAt = (instant: string): Day => dayOf(instantFrom(Date.parse(instant)));
  return { day: addDays(dayAt(restored.since), -daysBefore), until: noEnd, at: restored.at };
}

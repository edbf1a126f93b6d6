import { differencesBetween, doesAgree, statementOf, type Statement } from '#shared/exchange/public.ts';
import { addDays, dayOf, instantFrom, type Day } from '#shared/kernel/public.ts';
import { alarm, peersOf, type GatewayParts } from './gateway-parts.ts';

/** Compares what the other side says of a channel and some days, and offers again what it lacks. */
export async function takeStatement(parts: GatewayParts, statement: Statement): Promise<void> {
  const {
    exchange,
    folder: { file },
  } = parts;
  const { from: peer, day, until } = statement;
  const isOurs = statement.sender === file.agencyId;
  const own = exchange.listed(isOurs ? 'sent' : 'received', peer, { day, until });
  const agrees = doesAgree(statement, own);
  const [sent, received] = isOurs ? [own, statement.listed] : [statement.listed, own];
  for (const { id, how } of agrees ? [] : differencesBetween(sent, received)) {
    await alarm(parts, `exchange.${how}`, peer, id);
    if (isOurs && how === 'not-received') await exchange.offerAgain(peer, id);
    if (isOurs && how === 'not-sent') await keepWhatTheyHave(parts, statement, id);
  }
  // Last: once they are heard, what is owed to them is sealed, and nothing they have may be sealed anew.
  if (isOurs) await hearOfOurs(parts, statement);
  // A sender that says it sent what is not here is told what is; so is one that was brought back and asks.
  if (!isOurs && (statement.asks || !agrees)) {
    await oweStatement(parts, peer, { sender: peer, day, until, again: statement.id, asks: false });
  }
  if (!isOurs && statement.asks) await exchange.replaySince(peer, day);
}

/** How far they have our series: behind it, this agency was brought back from an older copy and goes on after it. */
async function hearOfOurs(
  parts: GatewayParts,
  { from: peer, highest, day, until }: Statement,
): Promise<void> {
  const { exchange } = parts;
  // An older answer may still lie in the mailbox: only one to this very question counts.
  const question = questionOf(parts);
  const answers = question !== null && question.day === day && question.until === until;
  const own = exchange.highest('sent', peer);
  if (highest > own && !exchange.isHeard(peer)) {
    await alarm(parts, 'exchange.series-behind', peer, String(highest));
  }
  await exchange.heard(peer, highest, answers);
}

async function keepWhatTheyHave(
  parts: GatewayParts,
  { from: peer, listed }: Statement,
  id: string,
): Promise<void> {
  const found = listed.find((one) => one.id === id);
  if (found !== undefined) await parts.exchange.keepTheirs(peer, id, found.digest);
}

type About = Readonly<{ sender: string; day: Day; until: Day; again: string; asks: boolean }>;

const mostListed = 5000;

/** Puts down what this side has of a channel and some days. */
export async function oweStatement(parts: GatewayParts, peer: string, about: About): Promise<void> {
  const {
    exchange,
    folder: { file },
  } = parts;
  const { sender, day, until, again, asks } = about;
  const side = sender === file.agencyId ? 'sent' : 'received';
  const listed = exchange.listed(side, peer, { day, until }).slice(0, mostListed);
  const told = {
    sender,
    day,
    until,
    listed,
    asks,
    highest: exchange.highest(side, peer),
    created: parts.now(),
  };
  await exchange.owe({
    key: `statement:${peer}:${sender}:${day}:${until}:${again}`,
    what: 'statement',
    peer,
    about: day,
    body: statementOf({ id: parts.machine.newId(), from: file.agencyId, to: peer }, told),
  });
}

/** Longer than anybody works without a network and then brings what was decided before the copy. */
const daysBefore = 7;

/** After an older copy was taken up: asks everybody what they have, once, of both channels. */
export async function askAfterRestore(parts: GatewayParts): Promise<void> {
  const {
    exchange,
    folder: { file },
  } = parts;
  const question = questionOf(parts);
  if (question === null) return;
  const { day, until, at } = question;
  for (const { id, state, own, line } of await peersOf(parts)) {
    if (own || state !== 'confirmed' || exchange.isHeard(id)) continue;
    // Other systems cannot be asked; they know a document again by its name (QĐ 28/2018 Đ10).
    if (line !== undefined) {
      await exchange.heard(id, 0, true);
      continue;
    }
    for (const sender of [file.agencyId, id]) {
      await oweStatement(parts, id, { sender, day, until, again: `restored ${at}`, asks: true });
    }
  }
}

function questionOf({ exchange }: GatewayParts): Readonly<{ day: Day; until: Day; at: string }> | null {
  const restored = exchange.restored();
  if (restored === null) return null;
  const dayAt = (instant: string): Day => dayOf(instantFrom(Date.parse(instant)));
  return { day: addDays(dayAt(restored.since), -daysBefore), until: dayAt(restored.at), at: restored.at };
}

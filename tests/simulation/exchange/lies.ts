import { z } from 'zod';
import { ContentSchema, sealCover, signAs } from '#shared/node/exchange/public.ts';
import { ParcelSchema, ReceiptSchema, type Parcel } from '#shared/exchange/public.ts';
import { instantFrom } from '#shared/kernel/public.ts';
import { consignmentsOf } from './clerks.ts';
import type { Setting } from './setting.ts';
import type { SimulatedAgency } from './simulated-agency.ts';
import type { SimulatedHub } from './simulated-hub.ts';

type Liar = Readonly<{ setting: Setting; hub: SimulatedHub; agencies: readonly SimulatedAgency[] }>;

const BoxSchema = z.object({
  recipient: z.string(),
  n: z.int(),
  sender: z.string(),
  id: z.string(),
  hash: z.string(),
  at: z.string(),
});
type Box = z.infer<typeof BoxSchema>;

/** What lies in mailboxes that nobody has gone past. */
function waiting({ hub }: Liar): readonly Box[] {
  return hub
    .db()
    .prepare(
      'SELECT recipient, n, sender, id, hash, at FROM mailbox WHERE collected_at IS NULL ORDER BY recipient, n',
    )
    .all()
    .map((row) => BoxSchema.parse(row));
}

function parcelIn({ hub }: Liar, { sender, id, hash }: Box): Parcel {
  const row = hub
    .db()
    .prepare('SELECT body FROM parcel WHERE sender = ? AND id = ? AND hash = ?')
    .get(sender, id, hash);
  return ParcelSchema.parse(JSON.parse(z.object({ body: z.string() }).parse(row).body));
}

function takeOut({ hub }: Liar, { recipient, n }: Box): void {
  hub.db().prepare('DELETE FROM mailbox WHERE recipient = ? AND n = ?').run(recipient, n);
}

function put({ hub }: Liar, box: Box): void {
  hub
    .db()
    .prepare(
      'INSERT INTO mailbox (recipient, n, sender, id, hash, at) VALUES (@recipient, @n, @sender, @id, @hash, @at)',
    )
    .run(box);
}

/** A hub that answers to nobody does something to what lies in its mailboxes. */
export async function lie(liar: Liar): Promise<void> {
  const { setting } = liar;
  const kind = setting.below(8);
  if (kind >= 6) return kind === 6 ? passOn(liar) : forge(liar);
  const all = waiting(liar);
  const box = all[setting.below(all.length)];
  if (box === undefined) return undefined;
  switch (kind) {
    case 0:
      setting.count('the hub dropped a parcel');
      return takeOut(liar, box);
    case 1: {
      setting.count('the hub gave a parcel twice');
      const last = Math.max(...all.filter((one) => one.recipient === box.recipient).map(({ n }) => n));
      return put(liar, { ...box, n: last + 1 });
    }
    case 2: {
      const other = all.find((one) => one.recipient === box.recipient && one.n > box.n);
      if (other === undefined) return undefined;
      setting.count('the hub put parcels out of order');
      takeOut(liar, box);
      takeOut(liar, other);
      put(liar, { ...box, n: other.n });
      return put(liar, { ...other, n: box.n });
    }
    case 3:
      return alter(liar, box);
    case 4:
      return swapRecipient(liar, box);
    default:
      return rename(liar, box);
  }
}

/** One byte of what was sealed is another. */
async function alter(liar: Liar, box: Box): Promise<void> {
  const parcel = parcelIn(liar, box);
  const cover = Buffer.from(parcel.cover, 'base64');
  // Near the end it is what was sealed; at the beginning it is for whom and how.
  const at = liar.setting.below(2) === 0 ? cover.length - 40 : 200;
  cover[at] = (cover[at] ?? 0) ^ 1;
  liar.setting.count('the hub altered a parcel');
  takeOut(liar, box);
  await liar.hub.plant({ ...parcel, cover: cover.toString('base64') });
}

async function swapRecipient(liar: Liar, box: Box): Promise<void> {
  const others = liar.agencies.filter(
    ({ template }) => template.id !== box.recipient && template.id !== box.sender,
  );
  const other = others[liar.setting.below(others.length)];
  if (other === undefined) return;
  liar.setting.count('the hub swapped the recipient');
  const parcel = parcelIn(liar, box);
  takeOut(liar, box);
  await liar.hub.plant({ ...parcel, to: other.template.id });
}

/** The same under another sender's name, or under another id. */
async function rename(liar: Liar, box: Box): Promise<void> {
  const { setting, agencies } = liar;
  const parcel = parcelIn(liar, box);
  const others = agencies.filter(({ template }) => ![box.sender, box.recipient].includes(template.id));
  const other = others[setting.below(others.length)];
  setting.count('the hub renamed a parcel');
  takeOut(liar, box);
  const isSender = setting.below(2) === 0 && other !== undefined;
  await liar.hub.plant(
    isSender
      ? { ...parcel, from: other.template.id }
      : ParcelSchema.parse({ ...parcel, id: setting.newId() }),
  );
}

/** Whom a document was sent to passes it on to somebody else, as if its sender had sent it there. */
async function passOn(liar: Liar): Promise<void> {
  const { setting, agencies } = liar;
  const [first, second] = agencies;
  if (first === undefined || second === undefined) return;
  const [by, of, to] = setting.below(2) === 0 ? [second, first, agencies[2]] : [first, second, agencies[2]];
  const rows = by
    .db()
    .prepare('SELECT content FROM ix_received WHERE sender = ? ORDER BY id')
    .all(of.template.id);
  const row = rows[setting.below(rows.length)];
  if (to === undefined || row === undefined) return;
  const content = ContentSchema.parse(JSON.parse(z.object({ content: z.string() }).parse(row).content));
  if (content.what !== 'envelope') return;
  const sealing = Buffer.from(to.template.member.details.sealing, 'base64');
  const cover = Buffer.from(await sealCover(content, sealing)).toString('base64');
  const parts = content.parts.map(({ hash, size }) => ({ hash, size }));
  setting.count('a document was passed on as if it had been sent there');
  await liar.hub.plant({
    version: 1,
    id: content.signed.id,
    from: of.template.id,
    to: to.template.id,
    cover,
    parts,
  });
}

/** Somebody else signs that a document was refused by whom it was sent to. */
async function forge(liar: Liar): Promise<void> {
  const { setting, agencies } = liar;
  const [first, second, third] = agencies;
  if (first === undefined || second === undefined || third === undefined) return;
  const sent = consignmentsOf(first).filter(
    ({ to, state }) => to === second.template.id && (state === 'sent' || state === 'arrived'),
  );
  const one = sent[setting.below(sent.length)];
  const digest = one === undefined ? null : first.gateway().digestOfSent(one.to, one.id);
  if (one === undefined || digest === null) return;
  const at = instantFrom(setting.time.nowMs());
  const signed = ReceiptSchema.parse({
    version: 1,
    id: setting.newId(),
    of: one.id,
    digest,
    from: second.template.id,
    to: first.template.id,
    status: 'refused',
    code: 'other',
    words: 'Không nhận',
    arrival: null,
    at,
    log: first.log().head(),
  });
  const signature = await signAs(third.template.identity, 'receipt', signed);
  const sealing = Buffer.from(first.template.member.details.sealing, 'base64');
  const cover = Buffer.from(await sealCover({ what: 'receipt', signed, signature }, sealing));
  setting.count('a receipt was forged');
  await liar.hub.plant(
    ParcelSchema.parse({
      version: 1,
      id: setting.newId(),
      from: second.template.id,
      to: first.template.id,
      cover: cover.toString('base64'),
      parts: [],
    }),
  );
}

/** A piece on its way from a hub that lies. */
export function alteredPiece({ setting }: Pick<Liar, 'setting'>, rate: number): (bytes: Buffer) => Buffer {
  return (bytes) => {
    if (!setting.isStormy() || setting.chance() >= rate) return bytes;
    setting.count('the hub altered a piece');
    const altered = Buffer.from(bytes);
    const at = altered.length - 30;
    altered[at] = (altered[at] ?? 0) ^ 1;
    return altered;
  };
}

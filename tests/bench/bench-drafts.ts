import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import * as Y from 'yjs';
import { openDraftRoom } from '#electron/store/draft-room.ts';
import { migrate } from '#electron/store/migrate.ts';
import { migrations } from '#electron/store/migrations/index.ts';
import { systemClock } from '#electron/platform/clock.ts';
import { rewrittenTo, textOf } from '#shared/drafting/public.ts';
import { DocumentIdSchema } from '#shared/kernel/public.ts';
import { answerTo } from '#shared/node/draft-texts/public.ts';
import { openEncrypted } from '#shared/node/sqlite/public.ts';
import { aWorkingDraft, paragraph } from '../support/drafts.ts';
import type { Figure } from './bench-office.ts';
import { timed } from './measure.ts';

const letters = 70_000;
const sentence = 'Các phòng, ban và đơn vị trực thuộc bố trí người trực theo lịch đã giao. ';

/** Writing in a long draft as the desk keeps it: a few letters in, everybody else's out, on the disk. */
export async function benchDrafts(folder: string): Promise<readonly Figure[]> {
  const db = openEncrypted({ path: join(folder, 'drafts.db'), key: randomBytes(32) });
  migrate(db, migrations);
  const document = DocumentIdSchema.parse(systemClock.newId());
  const content = Array.from({ length: Math.ceil(letters / sentence.length / 5) }, () =>
    paragraph(sentence.repeat(5)),
  );
  const first = rewrittenTo(aWorkingDraft({ body: { type: 'doc', content } }), null);
  openDraftRoom(db).written(document, first, 0);
  const room = openDraftRoom(db);
  const window = new Y.Doc();
  Y.applyUpdate(window, first);
  const at = textOf(window).get(content.length >> 1);
  if (!(at instanceof Y.XmlElement)) throw new Error('A paragraph');
  const line = at.get(0);
  if (!(line instanceof Y.XmlText)) throw new Error('A line');
  const typing = await timed(1000, (turn) => {
    const have = Y.encodeStateVector(window);
    line.insert(turn % 100, 'chữ');
    room.written(document, Y.encodeStateAsUpdate(window, have), 1);
    answerTo(room.read(document) ?? window, Y.encodeStateVector(window));
  });
  const opening = await timed(20, () => {
    const words = openDraftRoom(db).read(document);
    return words && Y.encodeStateAsUpdate(words);
  });
  db.close();
  return [
    { name: `three letters into a draft of ${letters}, kept`, timing: typing, budgetMs: 5 },
    { name: 'that draft opened', timing: opening, budgetMs: 100 },
  ];
}

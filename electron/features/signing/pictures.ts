import { z } from 'zod';
import type { ReadDb } from '#shared/node/sqlite/public.ts';
import {
  ownPicture,
  sealImage,
  signatureImage,
  type OwnPicture,
  type PictureUse,
} from '#shared/node/typesetting/public.ts';
import { AppError, type PersonId } from '#shared/kernel/public.ts';
import type { Signed } from '../../host/context.ts';
import { prepared } from '../../store/prepared.ts';
import { ownerOf } from './key-files.ts';

const RowSchema = z.object({ png: z.instanceof(Uint8Array), width: z.int(), height: z.int() });

/** The picture this desk keeps of a person's signature, or of the agency's seal. */
function keptPicture(db: ReadDb, owner: string): OwnPicture | null {
  const row = prepared(db, 'SELECT png, width, height FROM picture WHERE owner = ?').get(owner);
  return row === undefined ? null : RowSchema.parse(row);
}

/** How wide a person's signature is for its height; null when this desk has no picture of it. */
export function signatureAspect(db: ReadDb, person: PersonId): number | null {
  const kept = keptPicture(db, person);
  return kept === null ? null : kept.width / kept.height;
}

/** The picture that goes on the page: the person's or agency's own, or one drawn from the name where there is none. */
export function pictureFor({ open, person }: Signed, use: PictureUse, name: string): Uint8Array {
  const kept = keptPicture(open.desk.db, ownerOf(person, use));
  return kept?.png ?? (use === 'seal' ? sealImage(name) : signatureImage(name));
}

/** The signed-in person's own picture, or the seal's for its clerk; null when none was kept. */
export function pictureOf({ open, person }: Signed, use: PictureUse): Uint8Array | null {
  if (use === 'seal' && !person.roles.includes('clerk')) return null;
  return keptPicture(open.desk.db, ownerOf(person, use))?.png ?? null;
}

/** Keeps a picture for its owner, once it looks as the decree wants it. */
export function keepPicture({ open, person }: Signed, use: PictureUse, file: Uint8Array): void {
  if (use === 'seal' && !person.roles.includes('clerk')) throw new AppError('documents.only-clerk');
  const { png, width, height } = ownPicture(file, use);
  open.desk.log.transaction(() =>
    prepared(
      open.desk.db,
      `INSERT INTO picture (owner, png, width, height) VALUES (?, ?, ?, ?)
       ON CONFLICT (owner) DO UPDATE SET png = excluded.png, width = excluded.width, height = excluded.height`,
    ).run(ownerOf(person, use), Buffer.from(png), width, height),
  );
}

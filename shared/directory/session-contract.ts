import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import {
  AgencyIdSchema,
  AggregateKindSchema,
  InstantSchema,
  PersonIdSchema,
  query,
  service,
} from '../kernel/public.ts';
import { PersonSchema } from './model.ts';

/** Who can sign in on this machine, readable before anybody has. */
export const DeskSchema = z.object({
  agencyId: AgencyIdSchema,
  agencyName: z.string(),
  sample: z.boolean(),
  people: z.array(
    z.object({
      id: PersonIdSchema,
      name: z.string(),
      post: z.string(),
      lockedUntil: InstantSchema.nullable(),
      /** What the identity provider is called that opens their desk too; null without one. */
      identity: z.string().nullable(),
    }),
  ),
});
export type Desk = z.infer<typeof DeskSchema>;

export const SessionSchema = z.object({
  agencyId: AgencyIdSchema,
  person: PersonSchema,
  idleLockMinutes: z.int(),
});
export type Session = z.infer<typeof SessionSchema>;

/** "This changed, look again"; nothing is driven by it. */
export const ChangedSchema = z.object({
  seq: z.int(),
  kinds: z.array(AggregateKindSchema),
  documents: z.array(z.string()),
});
export type Changed = z.infer<typeof ChangedSchema>;

export const sessionContract = {
  agencies: query(
    z.object({}),
    z.object({
      desks: z.array(DeskSchema),
      /** Agencies that took the desks back which stood here. */
      wiped: z.array(z.string()),
      samplePassphrase: z.string().nullable(),
      samplePin: z.string().nullable(),
    }),
  ),
  current: query(z.object({}), z.object({ session: SessionSchema.nullable() })),
  signIn: service(
    z.object({ agencyId: AgencyIdSchema, personId: PersonIdSchema, passphrase: z.string().max(200) }),
    SessionSchema,
  ),
  /** Signs in by the identity provider: the address to open in a browser, and then who sat down. */
  beginIdentity: service(
    z.object({ agencyId: AgencyIdSchema, personId: PersonIdSchema }),
    z.object({ flow: z.string(), url: z.url() }),
  ),
  finishIdentity: service(z.object({ flow: z.string().max(100) }), SessionSchema),
  signOut: service(z.object({}), z.object({ ok: z.literal(true) })),
  trySample: service(z.object({}), z.object({ desks: z.array(DeskSchema) })),
  changePassphrase: service(
    z.object({ passphrase: z.string().max(200), newPassphrase: z.string().max(200) }),
    z.object({ ok: z.literal(true) }),
  ),
  changes: oc.input(z.object({})).output(eventIterator(ChangedSchema)),
  safety: query(
    z.object({}),
    z.object({
      seq: z.int(),
      lastBackup: z.object({ at: InstantSchema, seq: z.int() }).nullable(),
      /** Where copies of this desk go once a day; null where nobody said so. */
      place: z.string().nullable(),
      /** Why the last one could not be made, by its code. */
      fault: z.string().nullable(),
      /** Papers of which a file is damaged or lost here, and no sound one was found yet, as they are called. */
      damaged: z.array(z.string()),
      /** When its database itself was found damaged; null where it is sound. */
      databaseDamagedAt: InstantSchema.nullable(),
      /** Whether whoever asks may say where they go. */
      mayArrange: z.boolean(),
    }),
  ),
  /** Says where a copy of this desk goes once a day, and makes the first; null ends it. */
  arrangeBackups: service(
    z.object({ place: z.string().trim().min(1).max(1000).nullable() }),
    z.object({ ok: z.literal(true) }),
  ),
};

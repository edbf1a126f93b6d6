import { z } from 'zod';
import {
  BlobSchema,
  CommandIdSchema,
  PersonIdSchema,
  ReplySchema,
  command,
  query,
  service,
} from '../kernel/public.ts';
import * as commands from './commands.ts';
import { AgencySchema, DelegationSchema, PersonSchema, RoleSchema, UnitSchema } from './model.ts';

export const OverviewSchema = z.object({
  agencies: z.array(AgencySchema),
  units: z.array(UnitSchema),
  people: z.array(PersonSchema.extend({ lockedUntil: z.string().nullable(), hasKey: z.boolean() })),
  delegations: z.array(DelegationSchema),
});
export type DirectoryOverview = z.infer<typeof OverviewSchema>;

/** One line of a people file: what it says, or why it cannot be taken. */
export const ImportLineSchema = z.object({
  line: z.int(),
  name: z.string(),
  post: z.string(),
  unit: z.string(),
  roles: z.array(RoleSchema),
  email: z.string().nullable(),
  errors: z.array(
    z.object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) }),
  ),
});
export type ImportLine = z.infer<typeof ImportLineSchema>;

export const directoryContract = {
  overview: query(z.object({}), OverviewSchema),
  previewPeople: query(z.object({ file: BlobSchema }), z.object({ lines: z.array(ImportLineSchema) })),
  importPeople: service(z.object({ file: BlobSchema }), z.object({ added: z.int(), skipped: z.int() })),
  givePassphrase: service(
    z.object({ personId: PersonIdSchema, passphrase: z.string().max(200) }),
    z.object({ ok: z.literal(true) }),
  ),
  clearLockOut: service(z.object({ personId: PersonIdSchema }), z.object({ ok: z.literal(true) })),
  /** Notes whose certificate a file holds, once it was read: `directory.certifyPerson` itself takes no bytes from a window. */
  recordCertificate: service(
    z.object({ commandId: CommandIdSchema, personId: PersonIdSchema, file: BlobSchema }),
    z.object({ reply: ReplySchema }),
  ),
  describeAgency: command(commands.describeAgency),
  certifyAgency: command(commands.certifyAgency),
  distrustRoot: command(commands.distrustRoot),
  arrangeProof: command(commands.arrangeProof),
  arrangeStamping: command(commands.arrangeStamping),
  arrangeLeasing: command(commands.arrangeLeasing),
  describeUnit: command(commands.describeUnit),
  describePerson: command(commands.describePerson),
  personLeaves: command(commands.personLeaves),
  personReturns: command(commands.personReturns),
  delegate: command(commands.delegate),
  revokeDelegation: command(commands.revokeDelegation),
  confirmRights: command(commands.confirmRights),
};

import { join } from 'node:path';
import {
  agencyAggregate,
  delegationAggregate,
  personAggregate,
  unitAggregate,
  type DirectoryOverview,
} from '#shared/directory/public.ts';
import { AppError, CommandIdSchema, type BytesBlob } from '#shared/kernel/public.ts';
import { readSigningCertificate } from '#shared/node/pdf-signing/public.ts';
import { signedIn, type Signed } from '../../host/context.ts';
import { execute, runCommand } from '../../host/run-command.ts';
import { openKeyring } from '../../store/keyring.ts';
import { readAll, readState } from '../../store/read-state.ts';
import { readPeopleFile, type PeopleLine } from './people-file.ts';

const on = signedIn.directory;

export const directoryHandlers = {
  overview: on.overview.handler(({ context: { signed } }) => overview(signed)),
  previewPeople: on.previewPeople.handler(async ({ input, context: { signed } }) => ({
    lines: (await linesOf(input.file, signed)).map(({ details: _details, ...line }) => line),
  })),
  importPeople: on.importPeople.handler(async ({ input, context: { signed } }) => {
    const lines = await linesOf(input.file, signed);
    const { clock } = signed;
    const people = lines.flatMap(({ details }) => (details === null ? [] : [details]));
    const replies = signed.open.desk.executeAll(
      people.map((details) => ({
        id: CommandIdSchema.parse(clock.newId()),
        name: 'directory.describePerson',
        actor: signed.person.id,
        onBehalfOf: null,
        claimedAt: clock.now(),
        body: { personId: clock.newId(), details },
      })),
    );
    const added = replies.filter((reply) => reply.ok).length;
    return { added, skipped: lines.length - added };
  }),
  givePassphrase: on.givePassphrase.handler(async ({ input, context: { signed } }) => {
    const person = readState(signed.open.desk.db, personAggregate, input.personId);
    if (person === null) throw new AppError('directory.unknown-person');
    if (!person.active) throw new AppError('directory.person-left');
    const { dataKey, shared } = signed.open;
    // Everybody has a desk of their own there, and gives its passphrase when it joins.
    if (shared !== null && shared.person !== person.id) throw new AppError('sync.desk-of-another');
    await keyringOf(signed).setPerson(
      { id: person.id, name: person.name, post: person.post },
      input.passphrase,
      dataKey,
    );
    return { ok: true as const };
  }),
  clearLockOut: on.clearLockOut.handler(({ input, context: { signed } }) => {
    keyringOf(signed).clearLockOut(input.personId);
    return { ok: true as const };
  }),
  recordCertificate: on.recordCertificate.handler(async ({ input, context: { signed } }) => {
    const certificate = readSigningCertificate(
      new Uint8Array(await input.file.arrayBuffer()),
      signed.open.desk.now(),
    );
    const body = { personId: input.personId, certificate: Buffer.from(certificate).toString('base64') };
    return { reply: execute(signed, 'directory.certifyPerson', { commandId: input.commandId, body }) };
  }),
  describeAgency: on.describeAgency.handler(runCommand),
  certifyAgency: on.certifyAgency.handler(runCommand),
  distrustRoot: on.distrustRoot.handler(runCommand),
  arrangeProof: on.arrangeProof.handler(runCommand),
  arrangeStamping: on.arrangeStamping.handler(runCommand),
  arrangeLeasing: on.arrangeLeasing.handler(runCommand),
  describeUnit: on.describeUnit.handler(runCommand),
  describePerson: on.describePerson.handler(({ input, context, path }) => {
    const reply = runCommand({ input, context, path });
    const { personId: id, details } = input.body;
    // The sign-in page names people before the database is open.
    if (reply.ok) keyringOf(context.signed).describePerson({ id, name: details.name, post: details.post });
    return reply;
  }),
  personLeaves: on.personLeaves.handler(({ input, context, path }) => {
    const reply = runCommand({ input, context, path });
    // Whoever has left can no longer open the desk, even without the rules.
    if (reply.ok) keyringOf(context.signed).removePerson(input.body.personId);
    return reply;
  }),
  personReturns: on.personReturns.handler(runCommand),
  delegate: on.delegate.handler(runCommand),
  revokeDelegation: on.revokeDelegation.handler(runCommand),
  confirmRights: on.confirmRights.handler(runCommand),
};

function overview(signed: Signed): DirectoryOverview {
  const { db, now } = signed.open.desk;
  const keyed = new Map(
    keyringOf(signed)
      .people(now())
      .map((person) => [person.id, person.lockedUntil]),
  );
  return {
    agencies: readAll(db, agencyAggregate),
    units: readAll(db, unitAggregate),
    people: readAll(db, personAggregate).map((person) => ({
      ...person,
      hasKey: keyed.has(person.id),
      lockedUntil: keyed.get(person.id) ?? null,
    })),
    delegations: readAll(db, delegationAggregate),
  };
}

function keyringOf(signed: Signed) {
  return openKeyring(join(signed.open.folder, 'keys.json'));
}

async function linesOf(file: BytesBlob, { open: { desk } }: Signed): Promise<PeopleLine[]> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  return readPeopleFile(bytes, readAll(desk.db, unitAggregate), readAll(desk.db, personAggregate));
}

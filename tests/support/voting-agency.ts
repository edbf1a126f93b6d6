import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { holidays } from '#electron/store/holidays.ts';
import { openKeyring } from '#electron/store/keyring.ts';
import { systemClock } from '#electron/platform/clock.ts';
import { agencyServer, openAgencyFolder, type AgencyFolder } from '#server/main.ts';
import {
  AgendaItemIdSchema,
  CommandIdSchema,
  MeetingBodyIdSchema,
  MeetingIdSchema,
  PersonIdSchema,
  VoteIdSchema,
  type AgendaItemId,
  type PersonId,
  type VoteId,
} from '#shared/kernel/public.ts';
import type { Choice, Vote } from '#shared/meetings/public.ts';
import { issueAgencyCa, issueCertificate, openPkcs12 } from '#shared/node/pdf-signing/public.ts';
import { someItem } from './meeting-day.ts';
import { aSeat, someRules } from './meetings.ts';
import { eventually, manyMachines, newCommand, passphrase, type Machine } from './machines.ts';
import type { Staff } from './small-agency.ts';

export const pin = '246810';
export const voters = ['head', 'deputy', 'unitHead', 'officer'] as const satisfies readonly (keyof Staff)[];
export type Voter = (typeof voters)[number];

/** A council of four in session at a server of its own process, each at a machine with an RSA key, and nothing voted on yet. */
export function votingAgency(port: number) {
  const many = manyMachines(port, voters);
  const { at } = many;
  const { staff } = at.agency;
  const meetingId = MeetingIdSchema.parse(systemClock.newId());
  const machines = new Map<Voter, Machine>();
  const keys = new Map<Voter, Uint8Array>();

  /** The server's own rules over its folder, while its program is down. */
  function atFolder<Result>(work: (folder: AgencyFolder, decide: Decide) => Result): Result {
    const folder = openAgencyFolder(at.data);
    try {
      const server = agencyServer({ folder, calendar: holidays });
      return work(folder, (by, name, body) => {
        const { entry } = server.decide({
          id: newCommand(),
          name,
          actor: by,
          onBehalfOf: null,
          claimedAt: systemClock.now(),
          body,
        });
        if (entry.refusal !== null) throw new Error(`${name}: ${JSON.stringify(entry.refusal)}`);
      });
    } finally {
      folder.close();
    }
  }

  const decideAtFolder: Decide = (by, name, body) => {
    atFolder((_folder, decide) => {
      decide(by, name, body);
    });
  };

  function convene(decide: Decide, items: number): readonly AgendaItemId[] {
    const bodyId = MeetingBodyIdSchema.parse(systemClock.newId());
    const [chief, head] = [staff.chief.id, staff.head.id];
    decide(chief, 'meetings.setUpBody', { bodyId, name: 'Hội đồng thi đua', rules: someRules() });
    const posts = ['chair', 'deputy', 'member', 'member'] as const;
    const seats = voters.map((who, place) =>
      aSeat({ person: staff[who].id, post: posts[place] ?? 'member' }),
    );
    decide(chief, 'meetings.seatMembers', { bodyId, seats });
    const now = systemClock.now();
    const fields = { title: 'Họp hội đồng thi đua', place: 'Phòng họp', startsAt: now, endsAt: now };
    const told = { meetingId, bodyId, kind: 'session', fields, chair: head, secretary: chief };
    decide(chief, 'meetings.convene', told);
    const order = Array.from({ length: items }, () => putItem(decide));
    decide(chief, 'meetings.arrange', { meetingId, order });
    decide(chief, 'meetings.invite', { meetingId, guests: [] });
    const marks = seats.map(({ person }) => ({ person, how: 'room', reason: '' }));
    decide(chief, 'meetings.markAttendance', { meetingId, marks });
    decide(head, 'meetings.begin', { meetingId });
    return order;
  }

  function certify(decide: Decide): void {
    const order = { agencyName: 'Sở', country: 'VN', validFrom: systemClock.now(), years: 10 };
    const ca = issueAgencyCa(order);
    for (const who of voters) {
      const issued = issueCertificate({
        ca,
        commonName: staff[who].name,
        organisation: order.agencyName,
        role: 'person',
        validFrom: order.validFrom,
        years: 5,
      });
      keys.set(who, issued.p12(pin));
      const certificate = Buffer.from(issued.certificateDer).toString('base64');
      decide(staff.administrator.id, 'directory.certifyPerson', { personId: staff[who].id, certificate });
    }
  }

  /** An item of its own, so that its vote decides it. */
  const putItem = (decide: Decide) => {
    const itemId = AgendaItemIdSchema.parse(systemClock.newId());
    decide(staff.chief.id, 'meetings.putItem', { meetingId, itemId, fields: someItem() });
    return itemId;
  };

  const machineOf = (who: Voter): Machine => {
    const found = machines.get(who);
    if (found === undefined) throw new Error(`${who} has no machine`);
    return found;
  };

  function opening(itemId: string) {
    const voteId = VoteIdSchema.parse(systemClock.newId());
    const question = {
      is: 'choice',
      words: 'Bầu trưởng ban kiểm phiếu',
      options: ['so-mot', 'so-hai', 'so-ba'].map((id) => ({ id, name: `Ứng viên ${id}` })),
      seats: 1,
      most: 1,
    } as const;
    const how = { form: 'secret', askedBy: null, special: null, until: null, decides: true } as const;
    return {
      voteId,
      meetingId,
      itemId: AgendaItemIdSchema.parse(itemId),
      question: { ...question, options: [...question.options] },
      ...how,
    };
  }

  return {
    many,
    staff,
    meetingId,
    atFolder,
    decideAtFolder,
    opening,
    machineOf,
    personOf: (who: Voter): PersonId => PersonIdSchema.parse(staff[who].id),
    keyOf: (who: Voter) => openPkcs12(keys.get(who) ?? new Uint8Array(), pin),
    /** So many items stand on the agenda of a meeting that has begun. */
    prepare: (items: number) =>
      atFolder((_folder, decide) => {
        certify(decide);
        return convene(decide, items);
      }),
    joinAll: async (): Promise<void> => {
      for (const who of voters) {
        const machine = await many.joined(who, who);
        const file = new Blob([new Uint8Array(keys.get(who) ?? [])]);
        await eventually(
          'the desk knows its person’s certificate',
          () =>
            machine.client.signing.keepKey({ file, pin, use: 'person' }).then(
              () => true,
              () => false,
            ),
          (isKept) => isKept,
        );
        machines.set(who, machine);
      }
    },
    cast: (who: Voter, voteId: VoteId, choice: Choice) =>
      machineOf(who).client.meetings.castSecret({
        commandId: CommandIdSchema.parse(systemClock.newId()),
        voteId,
        voter: PersonIdSchema.parse(staff[who].id),
        choice,
        pin,
        key: null,
      }),
    /** Waits until a desk sees a vote so far. */
    seen: async (who: Voter, voteId: VoteId, state: Vote['state']) => {
      const look = () => machineOf(who).client.meetings.vote({ voteId });
      await eventually(
        `the vote is ${state} at the desk of the ${who}`,
        () => look().catch(() => null),
        (page) => page?.vote.state === state,
      );
      return look();
    },
    /** What opens everything a machine keeps, once it is switched off; another's where its copy was brought back. */
    dataKeyOf: async (who: Voter, home = machineOf(who).home) => {
      const folder = join(home, readdirSync(home)[0] ?? '');
      const key = await openKeyring(join(folder, 'keys.json')).unlock(
        staff[who].id,
        passphrase,
        systemClock.now(),
      );
      return { folder, key };
    },
  };
}

export type VotingAgency = ReturnType<typeof votingAgency>;
type Decide = (by: PersonId, name: string, body: unknown) => void;

export const mark = (option: string): Choice => ({ is: 'choice', marks: [option] });

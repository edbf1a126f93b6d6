import type { CoreClient } from '../../electron/host/core.ts';
import { systemClock } from '../../electron/platform/clock.ts';
import type { Part } from '../../electron/features/sample/offices.ts';
import type { Step as CircuitStep } from '../../shared/documents/public.ts';
import {
  AgendaItemIdSchema,
  AppError,
  ConclusionIdSchema,
  InstantSchema,
  MeetingBodyIdSchema,
  MeetingIdSchema,
  PaperIdSchema,
  ProposalIdSchema,
  StepIdSchema,
  TaskIdSchema,
  VoteIdSchema,
  addWorkingDays,
  dayOf,
  maxBlobBytes,
  type AgendaItemId,
  type DocumentId,
  type DossierId,
} from '../../shared/kernel/public.ts';
import { usualRules, type ItemFields, type VoteQuestion } from '../../shared/meetings/public.ts';
import { currentStep } from '../../shared/documents/public.ts';
import { newCommandId, newDocumentId, readExport, readWhole, saveInto } from './files.ts';
import { demoPin, type DemoOffice } from './offices.ts';
import { acted, type Step, type StepResult } from './steps.ts';

export type MeetingParts = Readonly<{
  department: DemoOffice;
  /** The file of the day, from which something is proposed and to which the decision comes back. */
  dossierId: DossierId;
  papers: () => DocumentId[];
  /** A page to be laid before the members. */
  letter: () => Uint8Array;
  folder: string;
}>;

const members = ['leader', 'unitHead', 'secondOfficer'] as const satisfies readonly Part[];
const posts = { leader: 'chair', unitHead: 'member', secondOfficer: 'member' } as const;
const code = '2026';

/** A meeting from a proposal to signed minutes and a task that is done; nothing of it is on paper. */
export function heldMeeting(parts: MeetingParts): readonly Step[] {
  const meeting = new HeldMeeting(parts);
  return [
    { name: 'meeting.propose', run: (spoiled) => meeting.propose(spoiled) },
    { name: 'meeting.convene', run: (spoiled) => meeting.convene(spoiled) },
    { name: 'meeting.papers', run: (spoiled) => meeting.bringPapers(spoiled) },
    { name: 'meeting.invite', run: (spoiled) => meeting.invite(spoiled) },
    { name: 'meeting.positions', run: (spoiled) => meeting.takePositions(spoiled) },
    { name: 'meeting.attend', run: (spoiled) => meeting.attend(spoiled) },
    { name: 'meeting.adopt', run: (spoiled) => meeting.adopt(spoiled) },
    { name: 'meeting.vote', run: (spoiled) => meeting.vote(spoiled) },
    { name: 'meeting.secret', run: (spoiled) => meeting.voteInSecret(spoiled) },
    { name: 'meeting.conclude', run: (spoiled) => meeting.conclude(spoiled) },
    { name: 'meeting.minutes', run: (spoiled) => meeting.signMinutes(spoiled) },
    { name: 'meeting.task', run: (spoiled) => meeting.doTask(spoiled) },
  ];
}

const command = <Body>(body: Body) => ({ commandId: newCommandId(), body });
const newItem = () => AgendaItemIdSchema.parse(systemClock.newId());
const only = (acts: readonly string[], files: readonly string[] = []): StepResult => ({ acts, files });

class HeldMeeting {
  readonly #parts: MeetingParts;
  readonly #bodyId = MeetingBodyIdSchema.parse(systemClock.newId());
  readonly #meetingId = MeetingIdSchema.parse(systemClock.newId());
  readonly #proposalId = ProposalIdSchema.parse(systemClock.newId());
  readonly #taskId = TaskIdSchema.parse(systemClock.newId());
  /** What was proposed, what nobody objects to, and an election. */
  readonly #items = { proposed: newItem(), easy: newItem(), election: newItem() };

  constructor(parts: MeetingParts) {
    this.#parts = parts;
  }

  /** The council is founded, and something is proposed to it from the file of the day. */
  async propose(spoiled: boolean) {
    const { dossierId, papers, department } = this.#parts;
    const chief = await this.#as('chief');
    const body = { bodyId: this.#bodyId, name: 'Hội đồng chuyển đổi số', rules: usualRules };
    const acts = acted(await chief.meetings.setUpBody(command(body)));
    const from = dayOf(systemClock.now());
    const seat = { from, to: null, substitutes: [] };
    const seats = members.map((part) => ({
      ...seat,
      person: department.person(part),
      post: posts[part],
      votes: true,
    }));
    const secretary = {
      ...seat,
      person: department.person('chief'),
      post: 'secretary' as const,
      votes: false,
    };
    const seated = { bodyId: this.#bodyId, seats: [...seats, secretary] };
    acts.push(...acted(await chief.meetings.seatMembers(command(seated))));
    const proposed = {
      proposalId: this.#proposalId,
      bodyId: this.#bodyId,
      fields: {
        title: 'Kế hoạch chuyển đổi số năm 2027',
        purpose: 'decide' as const,
        minutes: 20,
        words: 'Xin ý kiến Hội đồng trước khi trình ký.',
        dossier: dossierId,
      },
      papers: papers().map((document) => ({ id: PaperIdSchema.parse(systemClock.newId()), document })),
    };
    const officer = await this.#as(spoiled ? 'administrator' : 'officer');
    return only([...acts, ...acted(await officer.meetings.propose(command(proposed)))]);
  }

  async convene(spoiled: boolean) {
    const { department } = this.#parts;
    const chief = await this.#as('chief');
    const startsAt = systemClock.now();
    const endsAt = InstantSchema.parse(new Date(Date.parse(startsAt) + 2 * 3_600_000).toISOString());
    const convened = {
      meetingId: this.#meetingId,
      bodyId: this.#bodyId,
      kind: 'session' as const,
      fields: { title: 'Họp Hội đồng chuyển đổi số', place: 'Phòng họp số 1', startsAt, endsAt },
      chair: department.person(spoiled ? 'unitHead' : 'leader'),
      secretary: department.person('chief'),
    };
    const acts = acted(await chief.meetings.convene(command(convened)));
    const scheduled = {
      proposalId: this.#proposalId,
      meetingId: this.#meetingId,
      itemId: this.#items.proposed,
    };
    acts.push(...acted(await chief.meetings.scheduleProposal(command(scheduled))));
    const easy = { title: 'Lịch họp của Hội đồng năm 2027', purpose: 'decide', minutes: 10 } as const;
    const election = { title: 'Bầu tổ trưởng tổ giúp việc', purpose: 'decide', minutes: 15 } as const;
    acts.push(...(await this.#put(chief, this.#items.easy, easy)));
    acts.push(...(await this.#put(chief, this.#items.election, election)));
    const order = [this.#items.proposed, this.#items.easy, this.#items.election];
    acts.push(...acted(await chief.meetings.arrange(command({ meetingId: this.#meetingId, order }))));
    return only(acts);
  }

  /** A paper is laid before the members, and another one stands in for it, visibly. */
  async bringPapers(spoiled: boolean) {
    const chief = await this.#as('chief');
    const paper = PaperIdSchema.parse(systemClock.newId());
    const first = this.#parts.letter();
    const acts = await this.#bring(chief, first, { paper, reason: '' });
    // A comment after the end: other bytes of the very same page.
    const late = spoiled ? first : Buffer.concat([first, Buffer.from('\n%\n')]);
    acts.push(...(await this.#bring(chief, late, { paper, reason: 'Bổ sung phụ lục' })));
    return only(acts);
  }

  async invite(spoiled: boolean) {
    const chief = await this.#as(spoiled ? 'unitHead' : 'chief');
    const asked = { meetingId: this.#meetingId, guests: [this.#parts.department.person('officer')] };
    const acts = acted(await chief.meetings.invite(command(asked)));
    const answer = { is: 'accepts' as const };
    for (const part of members) {
      const member = await this.#as(part);
      acts.push(...acted(await member.meetings.answer(command({ meetingId: this.#meetingId, answer }))));
    }
    return only(acts, [await this.#pack()]);
  }

  /** Said beforehand, so that the meeting only talks of what is open. */
  async takePositions(spoiled: boolean) {
    const acts: string[] = [];
    for (const part of members) {
      const member = await this.#as(spoiled ? 'clerk' : part);
      const at = { meetingId: this.#meetingId };
      const agrees = { ...at, itemId: this.#items.easy, stance: 'agrees' as const, words: '' };
      acts.push(...acted(await member.meetings.takePosition(command(agrees))));
    }
    const unitHead = await this.#as('unitHead');
    const objects = {
      meetingId: this.#meetingId,
      itemId: this.#items.proposed,
      stance: 'objects' as const,
      words: 'Kinh phí chưa rõ.',
    };
    return only([...acts, ...acted(await unitHead.meetings.takePosition(command(objects)))]);
  }

  /** In the room by the code on its wall, and one from elsewhere. */
  async attend(spoiled: boolean) {
    const at = { meetingId: this.#meetingId };
    const chief = await this.#as('chief');
    const acts = acted(await chief.meetings.openCheckIn(command({ ...at, code })));
    const given = spoiled ? '0000' : code;
    for (const part of members) {
      const how = part === 'secondOfficer' ? ('remote' as const) : ('room' as const);
      const member = await this.#as(part);
      acts.push(...acted(await member.meetings.checkIn(command({ ...at, how, code: given }))));
    }
    const leader = await this.#as('leader');
    return only([...acts, ...acted(await leader.meetings.begin(command(at)))]);
  }

  async adopt(spoiled: boolean) {
    const leader = await this.#as('leader');
    const items = [spoiled ? this.#items.proposed : this.#items.easy];
    const asked = { meetingId: this.#meetingId, items };
    return only(acted(await leader.meetings.adoptBlock(command(asked))));
  }

  async vote(spoiled: boolean) {
    const question = { is: 'motion', words: 'Thông qua kế hoạch' } as const;
    const { voteId, acts } = await this.#open(this.#items.proposed, question, 'named');
    for (const part of members) {
      const side = part === 'unitHead' ? ('no' as const) : ('yes' as const);
      const voter = this.#parts.department.person(spoiled ? 'clerk' : part);
      const cast = { voteId, voter, choice: { is: 'motion' as const, side } };
      const member = await this.#as(part);
      acts.push(...acted(await member.meetings.castVote(command(cast))));
    }
    const leader = await this.#as('leader');
    acts.push(...acted(await leader.meetings.closeVote(command({ voteId }))));
    const { result } = await leader.meetings.vote({ voteId });
    if (result?.of !== 'motion' || result.is !== 'passed' || result.has !== 2) {
      throw new AppError('meetings.unknown-vote');
    }
    return only(acts);
  }

  /** Each finds their own ballot in the box by its serial, and nobody else's name beside any. */
  async voteInSecret(spoiled: boolean) {
    const { department } = this.#parts;
    const options = [
      { id: 'mot', name: 'Bà Hoa' },
      { id: 'hai', name: 'Ông Nam' },
    ];
    const question = { is: 'choice', words: 'Bầu tổ trưởng', options, seats: 1, most: 1 } as const;
    const { voteId, acts } = await this.#open(this.#items.election, { ...question, options }, 'secret');
    const serials: string[] = [];
    for (const part of members) {
      const marks = [part === 'leader' ? 'hai' : 'mot'];
      const cast = {
        commandId: newCommandId(),
        voteId,
        voter: department.person(part),
        choice: { is: 'choice' as const, marks },
        pin: spoiled ? '000000' : demoPin,
        key: null,
      };
      const member = await this.#as(part);
      serials.push((await member.meetings.castSecret(cast)).serial);
    }
    const leader = await this.#as('leader');
    acts.push(...acted(await leader.meetings.closeVote(command({ voteId }))));
    const { vote, result } = await leader.meetings.vote({ voteId });
    const isCounted = result?.of === 'choice' && result.chosen.join() === 'mot';
    const isFound = serials.every((serial) => vote.box.some((ballot) => ballot.serial === serial));
    if (!isCounted || !isFound) throw new AppError('meetings.unknown-vote');
    return only(acts);
  }

  async conclude(spoiled: boolean) {
    const { department } = this.#parts;
    const at = { meetingId: this.#meetingId };
    const chief = await this.#as('chief');
    const drawn = {
      ...at,
      itemId: this.#items.proposed,
      conclusion: ConclusionIdSchema.parse(systemClock.newId()),
      words: 'Hoàn thiện kế hoạch theo ý kiến của Hội đồng.',
      task: {
        id: this.#taskId,
        owner: department.person(spoiled ? 'administrator' : 'officer'),
        dueOn: addWorkingDays(dayOf(systemClock.now()), 5, { holidays: [], extraWorkingDays: [] }),
      },
    };
    const acts = acted(await chief.meetings.drawConclusion(command(drawn)));
    const leader = await this.#as('leader');
    return only([...acts, ...acted(await leader.meetings.end(command(at)))]);
  }

  /** Drafted from what happened, signed by the secretary and then the chair (NĐ 30 PL3 mẫu 1.9). */
  async signMinutes(spoiled: boolean) {
    const { department, folder } = this.#parts;
    const chief = await this.#as('chief');
    const documentId = newDocumentId();
    const begun = { meetingId: this.#meetingId, documentId, paper: 'minutes' as const };
    const acts = acted((await chief.meetings.beginPaper(command(begun))).reply);
    const step = (part: Part, more = {}): CircuitStep => ({
      id: StepIdSchema.parse(systemClock.newId()),
      kind: 'sign',
      person: department.person(part),
      authority: null,
      delegation: null,
      ...more,
    });
    const steps = [step('chief', { block: 2 }), step('leader')];
    const submitted = { commandId: newCommandId(), documentId, steps };
    acts.push(...acted((await chief.workflow.submitDraft(submitted)).reply));
    for (const part of spoiled ? (['chief'] as const) : (['chief', 'leader'] as const)) {
      acts.push(...(await this.#sign(part, documentId)));
    }
    const signed = { meetingId: this.#meetingId, documentId };
    acts.push(...acted(await chief.meetings.signMinutes(command(signed))));
    const { document } = await chief.documents.page({ documentId });
    if (document.file === null) throw new AppError('documents.unknown-file');
    const { hash, size } = document.file;
    const report = await chief.signing.verify({ documentId, hash });
    const valid = report.signatures.filter(({ verdict }) => verdict === 'valid').length;
    if (valid !== 2) throw new AppError('signing.not-valid', { verdict: report.verdict });
    const bytes = await readWhole(chief, { documentId, hash, size });
    return only(acts, [saveInto(folder, '5-bien-ban-hop.pdf', bytes)]);
  }

  /** The conclusion waits in the inbox of whoever does it, and the decision lies in the file it came from. */
  async doTask(spoiled: boolean) {
    const officer = await this.#as('officer');
    const { items } = await officer.documents.inbox({ offset: 0, limit: 50, side: 'mine' });
    if (!items.some(({ task }) => task === this.#taskId)) throw new AppError('workflow.unknown-task');
    const target = { taskId: this.#taskId, documentId: null };
    const done = { ...target, words: 'Đã hoàn thiện.' };
    const doer = await this.#as(spoiled ? 'secondOfficer' : 'officer');
    const acts = acted(await doer.workflow.finishTask(command(done)));
    const leader = await this.#as('leader');
    acts.push(...acted(await leader.workflow.approveTask(command({ ...target, words: '' }))));
    const { dossierId } = this.#parts;
    const { dossier } = await officer.dossiers.page({ dossierId, endedOn: null });
    const [excerpt] = dossier.excerpts ?? [];
    if (excerpt?.minutes == null) throw new AppError('dossiers.unknown');
    return only(acts);
  }

  #as(part: Part): Promise<CoreClient> {
    return this.#parts.department.as(part);
  }

  async #put(
    chief: CoreClient,
    itemId: AgendaItemId,
    said: Pick<ItemFields, 'title' | 'purpose' | 'minutes'>,
  ): Promise<string[]> {
    const access = { to: 'everybody' as const };
    const fields = { ...said, rapporteur: null, access, excluded: [], dossier: null };
    return acted(await chief.meetings.putItem(command({ meetingId: this.#meetingId, itemId, fields })));
  }

  async #bring(
    chief: CoreClient,
    bytes: Uint8Array,
    version: Readonly<{ paper: ReturnType<typeof PaperIdSchema.parse>; reason: string }>,
  ): Promise<string[]> {
    const { uploadId } = await chief.documents.beginUpload({ name: 'phu-luc.pdf', size: bytes.length });
    for (let offset = 0; offset < bytes.length; offset += maxBlobBytes) {
      const piece = new Blob([new Uint8Array(bytes.subarray(offset, offset + maxBlobBytes))]);
      await chief.documents.appendUpload({ uploadId, offset, bytes: piece });
    }
    const itemId = this.#items.proposed;
    const body = { meetingId: this.#meetingId, itemId, name: 'Phụ lục kế hoạch', document: null, ...version };
    return acted((await chief.meetings.bringPaper({ ...command(body), uploadId })).reply);
  }

  /** All papers as one file, with the reader's name on every page. */
  async #pack(): Promise<string> {
    const member = await this.#as('unitHead');
    const asked = { meetingId: this.#meetingId, form: 'pdf' as const };
    for await (const step of await member.meetings.pack(asked)) {
      if (step.is !== 'made') continue;
      return saveInto(this.#parts.folder, '5-tai-lieu-hop.pdf', await readExport(member, step.made));
    }
    throw new AppError('documents.export-gone');
  }

  async #open(itemId: AgendaItemId, question: VoteQuestion, form: 'named' | 'secret') {
    const leader = await this.#as('leader');
    const voteId = VoteIdSchema.parse(systemClock.newId());
    const opened = { voteId, meetingId: this.#meetingId, itemId, question, form };
    const asked = { ...opened, askedBy: null, special: null, until: null, decides: true };
    return { voteId, acts: acted(await leader.meetings.openVote(command(asked))) };
  }

  async #sign(part: Part, documentId: DocumentId): Promise<string[]> {
    const signer = await this.#as(part);
    const { document } = await signer.documents.page({ documentId });
    const turn = document.direction === 'outgoing' ? currentStep(document.circuit) : null;
    if (turn === null) throw new AppError('workflow.not-your-turn');
    const asked = { commandId: newCommandId(), documentId, stepId: turn.id, pin: demoPin };
    return acted((await signer.workflow.signFile(asked)).reply);
  }
}

import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { CoreClient } from '../../electron/host/core.ts';
import { systemClock } from '../../electron/platform/clock.ts';
import {
  AppError,
  StepIdSchema,
  TaskIdSchema,
  addWorkingDays,
  dayOf,
  type DocumentId,
  type StepId,
  type TaskId,
} from '../../shared/kernel/public.ts';
import {
  IncomingFieldsSchema,
  currentStep,
  type IncomingFields,
  type Outgoing,
  type Step as CircuitStep,
} from '../../shared/documents/public.ts';
import type { WorkingDraft } from '../../shared/drafting/public.ts';
import { demoPin, type DemoOffice } from './offices.ts';
import { newCommandId, newDocumentId, readWhole, receive, saveInto } from './files.ts';
import { acted, type Step } from './steps.ts';
import { draftAbout, writeWhole } from './write-draft.ts';

export type DayParts = Readonly<{
  department: DemoOffice;
  commune: DemoOffice;
  /** PDFs to receive in the morning. */
  letters: readonly string[];
  folder: string;
}>;

/** The answer with both signatures, as it lies in the demo's folder. */
export const sealedName = '2-co-quan-da-ky.pdf';

const calendar = { holidays: [], extraWorkingDays: [] };

export type WorkingDay = Readonly<{
  steps: readonly Step[];
  /** The letter that was answered, and the answer. */
  papers: () => DocumentId[];
}>;

/** A working day of two agencies: what comes in is directed and answered; the answer arrives next door. */
export function workingDay(parts: DayParts): WorkingDay {
  const day = new Day(parts);
  const steps = [
    { name: 'receive', run: (spoiled: boolean) => day.receiveLetters(spoiled) },
    { name: 'register', run: (spoiled: boolean) => day.register(spoiled) },
    { name: 'direct', run: (spoiled: boolean) => day.direct(spoiled) },
    { name: 'accept', run: (spoiled: boolean) => day.accept(spoiled) },
    { name: 'draft', run: (spoiled: boolean) => day.draft(spoiled) },
    { name: 'submit', run: (spoiled: boolean) => day.submit(spoiled) },
    { name: 'return', run: (spoiled: boolean) => day.returnDraft(spoiled) },
    { name: 'resubmit', run: (spoiled: boolean) => day.submit(spoiled) },
    { name: 'review', run: (spoiled: boolean) => day.review(spoiled) },
    { name: 'sign', run: (spoiled: boolean) => day.sign(spoiled) },
    { name: 'number', run: (spoiled: boolean) => day.number(spoiled) },
    { name: 'seal', run: (spoiled: boolean) => day.seal(spoiled) },
    { name: 'issue', run: (spoiled: boolean) => day.issue(spoiled) },
    { name: 'finish', run: (spoiled: boolean) => day.finish(spoiled) },
    { name: 'deliver', run: (spoiled: boolean) => day.deliver(spoiled) },
    { name: 'verify', run: (spoiled: boolean) => day.verify(spoiled) },
  ] satisfies Step[];
  return { steps, papers: () => day.papers() };
}

/** What the day has in hand so far. */
class Day {
  readonly #parts: DayParts;
  #letters: DocumentId[] = [];
  #task: TaskId = TaskIdSchema.parse(systemClock.newId());
  #supportTask: TaskId = TaskIdSchema.parse(systemClock.newId());
  #answer: DocumentId = newDocumentId();
  #sealed: string | null = null;

  constructor(parts: DayParts) {
    this.#parts = parts;
  }

  async receiveLetters(spoiled: boolean) {
    const clerk = await this.#parts.department.as('clerk');
    const acts: string[] = [];
    for (const path of this.#parts.letters) {
      const bytes = spoiled ? new TextEncoder().encode('Đây không phải là PDF.') : readFileSync(path);
      const { documentId, reply } = await receive(clerk, basename(path), bytes);
      acts.push(...acted(reply));
      this.#letters.push(documentId);
    }
    return { acts, files: [] };
  }

  async register(spoiled: boolean) {
    const { department } = this.#parts;
    const clerk = await department.as('clerk');
    const presentTo = department.person(spoiled ? 'officer' : 'leader');
    const acts: string[] = [];
    for (const documentId of this.#letters) {
      const fields = await suggestedFields(clerk, documentId);
      acts.push(
        ...acted(
          await clerk.documents.registerIncoming({
            commandId: newCommandId(),
            body: { documentId, fields, presentTo },
          }),
        ),
      );
    }
    return { acts, files: [] };
  }

  async direct(spoiled: boolean) {
    const { department } = this.#parts;
    const leader = await department.as(spoiled ? 'officer' : 'leader');
    const dueOn = addWorkingDays(dayOf(systemClock.now()), 3, calendar);
    const body = {
      documentId: this.#letter(),
      words: 'Chủ trì tham mưu văn bản trả lời trước thời hạn.',
      assignments: [
        {
          task: this.#task,
          role: 'lead' as const,
          to: { kind: 'person' as const, id: department.person('officer') },
          dueOn,
        },
        {
          task: this.#supportTask,
          role: 'support' as const,
          to: { kind: 'person' as const, id: department.person('secondOfficer') },
          dueOn,
        },
      ],
      inform: [department.person('chief')],
    };
    return { acts: acted(await leader.workflow.direct({ commandId: newCommandId(), body })), files: [] };
  }

  async accept(spoiled: boolean) {
    const officer = await this.#parts.department.as(spoiled ? 'secondOfficer' : 'officer');
    const body = { documentId: this.#letter(), taskId: this.#task };
    const accepted = acted(await officer.workflow.acceptTask({ commandId: newCommandId(), body }));
    const progress = { ...body, words: 'Đang dự thảo văn bản trả lời.', percent: 50 };
    const reported = acted(
      await officer.workflow.reportProgress({ commandId: newCommandId(), body: progress }),
    );
    return { acts: [...accepted, ...reported], files: [] };
  }

  async draft(spoiled: boolean) {
    const officer = await this.#parts.department.as(spoiled ? 'administrator' : 'officer');
    const { subject } = draftAbout(this.#parts.commune.name);
    const summary = {
      kind: 'CV',
      template: 'cong-van',
      subject,
      symbol: '',
      urgency: 'normal' as const,
      dueOn: null,
    };
    const body = { documentId: this.#answer, summary, repliesTo: this.#letter() };
    const acts = acted(await officer.drafting.start({ commandId: newCommandId(), body }));
    await this.#keep(officer);
    return { acts, files: [] };
  }

  async submit(spoiled: boolean) {
    const officer = await this.#parts.department.as('officer');
    await this.#keep(officer);
    const steps = this.#steps();
    const circuit = spoiled ? steps.slice(0, -1) : steps;
    const asked = { commandId: newCommandId(), documentId: this.#answer, steps: circuit };
    return { acts: acted((await officer.workflow.submitDraft(asked)).reply), files: [] };
  }

  async returnDraft(spoiled: boolean) {
    const unitHead = await this.#parts.department.as('unitHead');
    const reason = spoiled ? '' : 'Nêu rõ thời hạn và đầu mối phối hợp.';
    const body = { documentId: this.#answer, stepId: await this.#turn(unitHead), toStep: null, reason };
    return {
      acts: acted(await unitHead.workflow.returnDraft({ commandId: newCommandId(), body })),
      files: [],
    };
  }

  async review(spoiled: boolean) {
    const acts: string[] = [];
    for (const part of spoiled ? (['chief', 'unitHead'] as const) : (['unitHead', 'chief'] as const)) {
      const reviewer = await this.#parts.department.as(part);
      const body = { documentId: this.#answer, stepId: await this.#turn(reviewer), words: 'Nhất trí.' };
      acts.push(...acted(await reviewer.workflow.passStep({ commandId: newCommandId(), body })));
    }
    return { acts, files: [] };
  }

  async sign(spoiled: boolean) {
    const leader = await this.#parts.department.as('leader');
    const asked = {
      commandId: newCommandId(),
      documentId: this.#answer,
      stepId: await this.#turn(leader),
      pin: spoiled ? '000000' : demoPin,
    };
    const acts = acted((await leader.workflow.signFile(asked)).reply);
    return { acts, files: [await this.#save('1-nguoi-co-tham-quyen-da-ky.pdf')] };
  }

  async number(spoiled: boolean) {
    const clerk = await this.#parts.department.as(spoiled ? 'officer' : 'clerk');
    const body = { documentId: this.#answer, book: 'chung', issuedOn: dayOf(systemClock.now()) };
    return { acts: acted(await clerk.documents.number({ commandId: newCommandId(), body })), files: [] };
  }

  async seal(spoiled: boolean) {
    const clerk = await this.#parts.department.as('clerk');
    const asked = { commandId: newCommandId(), documentId: this.#answer, pin: spoiled ? '000000' : demoPin };
    const acts = acted((await clerk.workflow.sealFile(asked)).reply);
    this.#sealed = await this.#save(sealedName);
    return { acts, files: [await this.#saveRoot(clerk), this.#sealed] };
  }

  async issue(spoiled: boolean) {
    const { department, commune } = this.#parts;
    const clerk = await department.as('clerk');
    const recipients = [{ name: commune.name, kind: 'agency' as const }];
    const body = {
      documentId: this.#answer,
      recipients,
      copies: 1,
      repliesTo: spoiled ? null : this.#letter(),
    };
    return { acts: acted(await clerk.documents.issue({ commandId: newCommandId(), body })), files: [] };
  }

  async finish(spoiled: boolean) {
    const { department } = this.#parts;
    const officer = await department.as(spoiled ? 'secondOfficer' : 'officer');
    const body = { documentId: this.#letter(), taskId: this.#task, words: 'Đã có văn bản trả lời.' };
    const finished = acted(await officer.workflow.finishTask({ commandId: newCommandId(), body }));
    const leader = await department.as('leader');
    const approved = acted(
      await leader.workflow.approveTask({ commandId: newCommandId(), body: { ...body, words: '' } }),
    );
    return { acts: [...(await this.#support()), ...finished, ...approved], files: [] };
  }

  /** Whoever helped is done too; nothing is left open when the file is closed. */
  async #support(): Promise<string[]> {
    const { department } = this.#parts;
    const body = { documentId: this.#letter(), taskId: this.#supportTask };
    const helper = await department.as('secondOfficer');
    const accepted = acted(await helper.workflow.acceptTask({ commandId: newCommandId(), body }));
    const done = { ...body, words: 'Đã góp ý dự thảo.' };
    const finished = acted(await helper.workflow.finishTask({ commandId: newCommandId(), body: done }));
    const leader = await department.as('leader');
    const judged = { ...body, words: '' };
    const approved = acted(await leader.workflow.approveTask({ commandId: newCommandId(), body: judged }));
    return [...accepted, ...finished, ...approved];
  }

  papers(): DocumentId[] {
    return [this.#letter(), this.#answer];
  }

  /** Until agencies are connected, the sealed file is carried over by hand; it must arrive as it left. */
  async deliver(spoiled: boolean) {
    const { commune } = this.#parts;
    const clerk = await commune.as('clerk');
    const sent = readFileSync(this.#sealedPath());
    const carried = spoiled ? sent.subarray(0, sent.length - 2000) : sent;
    const { documentId, reply } = await receive(clerk, basename(this.#sealedPath()), carried);
    const fields = await suggestedFields(clerk, documentId);
    const presentTo = commune.person('leader');
    const registered = await clerk.documents.registerIncoming({
      commandId: newCommandId(),
      body: { documentId, fields, presentTo },
    });
    const { document } = await clerk.documents.page({ documentId });
    if (document.direction !== 'incoming' || document.file === null) {
      throw new AppError('documents.unknown-file');
    }
    const arrived = await readWhole(clerk, { documentId, ...document.file });
    if (!Buffer.from(arrived).equals(sent)) throw new AppError('documents.upload-broken');
    return { acts: [...acted(reply), ...acted(registered)], files: [] };
  }

  async verify(spoiled: boolean) {
    const clerk = await this.#parts.department.as('clerk');
    const { document } = await clerk.documents.page({ documentId: this.#answer });
    const hash = document.direction === 'outgoing' ? document.file?.hash : undefined;
    if (hash === undefined) throw new AppError('documents.unknown-file');
    const report = await clerk.signing.verify({ documentId: this.#answer, hash });
    const expected = spoiled ? 3 : 2;
    // NĐ 30 Đ5: both signatures, the person's and the agency's.
    const isBothValid =
      report.verdict === 'valid' &&
      report.signatures.filter(({ verdict }) => verdict === 'valid').length === expected;
    if (!isBothValid) throw new AppError('signing.not-valid', { verdict: report.verdict });
    return { acts: [], files: [this.#sealedPath()] };
  }

  #letter(): DocumentId {
    const [first] = this.#letters;
    if (first === undefined) throw new AppError('documents.unknown');
    return first;
  }

  #sealedPath(): string {
    if (this.#sealed === null) throw new AppError('documents.unknown-file');
    return this.#sealed;
  }

  #steps(): CircuitStep[] {
    const step = (kind: CircuitStep['kind'], part: 'unitHead' | 'chief' | 'leader'): CircuitStep => ({
      id: StepIdSchema.parse(systemClock.newId()),
      kind,
      person: this.#parts.department.person(part),
      authority: null,
      delegation: null,
    });
    return [step('visa', 'unitHead'), step('opinion', 'chief'), step('sign', 'leader')];
  }

  async #keep(officer: CoreClient): Promise<void> {
    const draft: WorkingDraft = { ...draftAbout(this.#parts.commune.name), steps: this.#steps() };
    await writeWhole(officer, this.#answer, draft);
  }

  async #turn(client: CoreClient): Promise<StepId> {
    const step = currentStep((await this.#outgoing(client)).circuit);
    if (step === null) throw new AppError('workflow.not-your-turn');
    return step.id;
  }

  async #outgoing(client: CoreClient): Promise<Outgoing> {
    const { document } = await client.documents.page({ documentId: this.#answer });
    if (document.direction !== 'outgoing') throw new AppError('documents.not-outgoing');
    return document;
  }

  /** The agency's root, so that anyone can check the signatures with tools of their own. */
  async #saveRoot(client: CoreClient): Promise<string> {
    const { agencies } = await client.directory.overview({});
    const root = agencies.find(({ id }) => id === this.#parts.department.agencyId)?.rootCertificate ?? '';
    const lines = root.match(/.{1,64}/gu)?.join('\n') ?? '';
    const pem = `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
    return saveInto(this.#parts.folder, 'chung-thu-goc.pem', new TextEncoder().encode(pem));
  }

  async #save(name: string): Promise<string> {
    const clerk = await this.#parts.department.as('clerk');
    const { file } = await this.#outgoing(clerk);
    if (file === null) throw new AppError('documents.unknown-file');
    return saveInto(this.#parts.folder, name, await readWhole(clerk, { documentId: this.#answer, ...file }));
  }
}

/** What was read from the letter, with what a clerk would type where nothing could be read. */
async function suggestedFields(clerk: CoreClient, documentId: DocumentId): Promise<IncomingFields> {
  const { document } = await clerk.documents.page({ documentId });
  const suggested = document.direction === 'incoming' ? (document.suggestion?.fields ?? {}) : {};
  return IncomingFieldsSchema.parse({
    number: '',
    symbol: '',
    issuedOn: null,
    issuer: 'Chưa đọc được',
    kind: 'CV',
    subject: 'Chưa đọc được trích yếu',
    signer: '',
    signerPost: '',
    urgency: 'normal',
    dueOn: null,
    copies: 1,
    note: '',
    ...suggested,
  });
}

import {
  AppError,
  CommandIdSchema,
  DaySchema,
  DocumentIdSchema,
  StepIdSchema,
  addWorkingDays,
  dayOf,
  type Day,
  type DocumentId,
} from '#shared/kernel/public.ts';
import {
  asOutgoing,
  bookFor,
  currentStep,
  documentAggregate,
  type IncomingFields,
} from '#shared/documents/public.ts';
import { agencyAggregate } from '#shared/directory/public.ts';
import type { WorkingDraft } from '#shared/drafting/public.ts';
import { readState } from '../../store/read-state.ts';
import { receiveFile } from '../intake/public.ts';
import { keepDraft, kindOf, submitDraft } from '../drafting/public.ts';
import { sealFile, signFile } from '../signing/public.ts';
import { actAs, mustHappen } from './act-as.ts';
import type { CreatedOffice } from './create-office.ts';
import { letterPdf } from './letters.ts';
import { meetingSteps } from './meetings.ts';
import type { Part, SampleLetter } from './offices.ts';
import type { Step, Story, StoryClock } from './story.ts';

/** Lives through a week at the sample office: letters come, are directed and answered; some things are late. */
export async function liveThroughWeek(
  office: CreatedOffice,
  parts: { clock: StoryClock; pin: string; today: Day; letters: readonly SampleLetter[] },
) {
  const { clock, pin, today, letters } = parts;
  const story: Story = {
    office,
    clock,
    pin,
    today,
    as: (part) => actAs(office.open, office.part(part), clock),
  };
  const received: DocumentId[] = [];
  const letterSteps = letters.map((letter, index): Step => ({
    day: letter.day,
    hour: 8 + index / 10,
    run: async () => {
      const id = await receive(story, letter);
      received.push(id);
      // The newest letters are still on the clerk's table, and two more wait for the leader.
      if (index < letters.length - 3) register(story, id, letter);
      if (index < letters.length - 5) direct(story, id, index);
    },
  }));
  const steps = [...letterSteps, ...workSteps(story, received), ...meetingSteps(story)];
  for (const step of steps.toSorted((a, b) => a.day - b.day || a.hour - b.hour)) {
    clock.at(step.day, step.hour);
    await step.run();
  }
}

async function receive(story: Story, letter: SampleLetter): Promise<DocumentId> {
  const clerk = story.as('clerk');
  const bytes = await letterPdf(letter, story.clock.now());
  const documentId = DocumentIdSchema.parse(story.clock.newId());
  const uploadId = clerk.uploads.begin(`${letter.number}-${letter.symbol}.pdf`, bytes.length);
  clerk.uploads.append(uploadId, 0, bytes);
  const commandId = CommandIdSchema.parse(story.clock.newId());
  mustHappen((await receiveFile(clerk, { commandId, documentId, uploadId })).reply);
  return documentId;
}

function register(story: Story, documentId: DocumentId, letter: SampleLetter): void {
  const fields: IncomingFields = {
    number: letter.number,
    symbol: letter.symbol,
    issuedOn: dayBefore(story, letter.day - 1),
    issuer: letter.agency,
    kind: kindOf(letter.kind).name,
    subject: letter.subject,
    signer: letter.signer,
    signerPost: letter.post,
    urgency: letter.urgency,
    dueOn: null,
    copies: 1,
    note: '',
  };
  story
    .as('clerk')
    .must('documents.registerIncoming', { documentId, fields, presentTo: story.office.part('leader') });
}

function direct(story: Story, documentId: DocumentId, index: number): void {
  const toUnit = index % 3 === 2;
  const lead = index % 2 === 0 ? 'officer' : 'secondOfficer';
  const leader = story.as('leader');
  const { unit } = story.as('secondUnitHead').person;
  leader.must('workflow.direct', {
    documentId,
    words:
      index % 2 === 0 ? 'Nghiên cứu, tham mưu văn bản trả lời.' : 'Triển khai thực hiện, báo cáo kết quả.',
    assignments: [
      {
        task: story.clock.newId(),
        role: 'lead',
        to: toUnit ? { kind: 'unit', id: unit } : { kind: 'person', id: story.office.part(lead) },
        dueOn: addWorkingDays(dayOf(story.clock.now()), 2 + (index % 5), story.office.open.desk.calendar),
      },
    ],
    inform: [story.office.part('chief')],
  });
}

function workSteps(story: Story, received: readonly DocumentId[]): Step[] {
  const letter = (index: number): DocumentId => {
    const id = received[index];
    if (id === undefined) throw new AppError('documents.unknown');
    return id;
  };
  return [
    { day: -5, hour: 14, run: () => doTask(story, 'officer', letter(0), 40) },
    { day: -4, hour: 15, run: () => doTask(story, 'secondOfficer', letter(1), 60) },
    {
      day: -3,
      hour: 9,
      run: async () => {
        const answer = await draft(story, {
          kind: 'CV',
          template: 'cong-van',
          subject: 'đề xuất nhiệm vụ chuyển đổi số năm 2027',
          repliesTo: letter(0),
        });
        await passThrough(story, answer);
        await issue(story, answer, letter(0));
      },
    },
    {
      day: -1,
      hour: 10,
      run: async () => {
        const subject = 'Phân công trực ứng cứu sự cố an toàn thông tin dịp cuối năm';
        await passThrough(
          story,
          await draft(story, { kind: 'TB', template: 'thong-bao', subject, repliesTo: null }),
        );
      },
    },
    {
      day: -1,
      hour: 14,
      run: async () => {
        const subject = 'Thành lập Tổ công tác rà soát dữ liệu dùng chung';
        returnByChief(
          story,
          await draft(story, { kind: 'QĐ', template: 'quyet-dinh', subject, repliesTo: null }),
        );
      },
    },
    {
      day: 0,
      hour: 8.5,
      run: async () => {
        const subject = 'Phê duyệt kế hoạch tập huấn kỹ năng số cho cán bộ cơ sở';
        await draft(story, { kind: 'TTr', template: 'to-trinh', subject, repliesTo: null });
      },
    },
  ];
}

type NewDraft = Readonly<{ kind: string; template: string; subject: string; repliesTo: DocumentId | null }>;

/** Drafts, and submits: the unit's head looks, the chief checks the form, the leader signs. */
async function draft(story: Story, { kind, template, subject, repliesTo }: NewDraft): Promise<DocumentId> {
  const officer = story.as('officer');
  const documentId = DocumentIdSchema.parse(story.clock.newId());
  const step = (part: Part, kind: 'visa' | 'opinion' | 'sign') => ({
    id: StepIdSchema.parse(story.clock.newId()),
    kind,
    person: story.office.part(part),
    authority: kind === 'sign' && collective(story) ? ('TM.' as const) : null,
    delegation: null,
  });
  const working: WorkingDraft = {
    kind,
    template,
    subject,
    urgency: 'normal',
    dueOn: null,
    addressees: kind === 'CV' || kind === 'TTr' ? ['Ủy ban nhân dân tỉnh An Bình'] : [],
    bases: kind === 'QĐ' ? ['Căn cứ Quy chế làm việc của cơ quan;', 'Theo đề nghị của Chánh Văn phòng.'] : [],
    body: bodyOf(kind),
    recipients: [{ name: 'Ủy ban nhân dân tỉnh An Bình', kind: 'agency' }],
    copies: 1,
    steps: [step('unitHead', 'visa'), step('chief', 'opinion'), step('leader', 'sign')],
  };
  const summary = { kind, template, subject, symbol: '', urgency: working.urgency, dueOn: working.dueOn };
  officer.must('drafting.start', { documentId, summary, repliesTo });
  keepDraft(officer.open, documentId, working);
  const commandId = CommandIdSchema.parse(story.clock.newId());
  mustHappen((await submitDraft(officer, { commandId, documentId, steps: working.steps })).reply);
  return documentId;
}

async function passThrough(story: Story, documentId: DocumentId): Promise<void> {
  story
    .as('unitHead')
    .must('workflow.passStep', { documentId, stepId: turn(story, documentId), words: 'Nội dung phù hợp.' });
  story.as('chief').must('workflow.passStep', {
    documentId,
    stepId: turn(story, documentId),
    words: 'Thể thức đạt yêu cầu.',
  });
  const commandId = CommandIdSchema.parse(story.clock.newId());
  const signing = { commandId, documentId, stepId: turn(story, documentId), pin: story.pin };
  mustHappen((await signFile(story.as('leader'), signing)).reply);
}

async function issue(story: Story, documentId: DocumentId, repliesTo: DocumentId | null): Promise<void> {
  const clerk = story.as('clerk');
  const agency = readState(clerk.open.desk.db, agencyAggregate, clerk.open.desk.agencyId);
  const { summary } = outgoing(story, documentId);
  const book = agency === null ? null : bookFor(agency, summary.kind);
  clerk.must('documents.number', { documentId, book, issuedOn: dayOf(story.clock.now()) });
  const commandId = CommandIdSchema.parse(story.clock.newId());
  mustHappen((await sealFile(clerk, { commandId, documentId, pin: story.pin })).reply);
  const recipients = [{ name: 'Ủy ban nhân dân tỉnh An Bình', kind: 'agency' }];
  clerk.must('documents.issue', { documentId, recipients, copies: 1, repliesTo });
}

function returnByChief(story: Story, documentId: DocumentId): void {
  story.as('unitHead').must('workflow.passStep', { documentId, stepId: turn(story, documentId), words: '' });
  const stepId = turn(story, documentId);
  const reason = 'Thiếu căn cứ pháp lý; đề nghị bổ sung quy chế làm việc và phân công trách nhiệm cụ thể.';
  story.as('chief').must('workflow.returnDraft', { documentId, stepId, toStep: null, reason });
}

function doTask(story: Story, part: Part, documentId: DocumentId, percent: number): void {
  const document = readState(story.office.open.desk.db, documentAggregate, documentId);
  const taskId = document?.direction === 'incoming' ? document.leadTask : null;
  if (taskId === null) throw new AppError('workflow.unknown-task');
  const doer = story.as(part);
  doer.must('workflow.acceptTask', { taskId, documentId });
  doer.must('workflow.reportProgress', {
    taskId,
    documentId,
    words: 'Đã rà soát, đang dự thảo văn bản.',
    percent,
  });
}

function turn(story: Story, documentId: DocumentId) {
  const step = currentStep(outgoing(story, documentId).circuit);
  if (step === null) throw new AppError('workflow.not-your-turn');
  return step.id;
}

function outgoing(story: Story, documentId: DocumentId) {
  return asOutgoing(readState(story.office.open.desk.db, documentAggregate, documentId));
}

function collective(story: Story): boolean {
  const { db, agencyId } = story.office.open.desk;
  return readState(db, agencyAggregate, agencyId)?.collective !== null;
}

function dayBefore(story: Story, days: number): Day {
  const ms = Date.parse(`${story.today}T00:00:00Z`) + days * 86_400_000;
  return DaySchema.parse(new Date(ms).toISOString().slice(0, 10));
}

function bodyOf(kind: string): unknown {
  const paragraph = (text: string) => ({ type: 'paragraph', content: [{ type: 'text', text }] });
  const texts: Readonly<Record<string, readonly string[]>> = {
    CV: [
      'Thực hiện chỉ đạo của Ủy ban nhân dân tỉnh, cơ quan đã rà soát các nhiệm vụ chuyển đổi số và đề xuất danh mục nhiệm vụ ưu tiên năm 2027.',
      'Kính đề nghị Ủy ban nhân dân tỉnh xem xét, chỉ đạo.',
    ],
    TB: [
      'Để chủ động ứng phó với sự cố an toàn thông tin, cơ quan thông báo phân công trực như sau:',
      'Các phòng, đơn vị bố trí người trực và báo cáo ngay khi phát hiện sự cố.',
    ],
    TTr: [
      'Căn cứ nhu cầu thực tế, cơ quan kính trình phê duyệt kế hoạch tập huấn kỹ năng số cho cán bộ cơ sở.',
      'Kính trình cấp có thẩm quyền xem xét, quyết định.',
    ],
    QĐ: ['Thành lập Tổ công tác rà soát dữ liệu dùng chung.'],
  };
  return { type: 'doc', content: (texts[kind] ?? texts['CV'] ?? []).map(paragraph) };
}

import { notationOf, type DocumentPage, type Incoming } from '#shared/documents/public.ts';
import type { Task } from '#shared/workflow/public.ts';
import { Facts, type Fact } from '../../ui/facts.tsx';
import { Note, Stack } from '../../ui/gate.tsx';
import { Deadline, StateMark, UrgencyMark, type Tone } from '../../ui/marks.tsx';
import { RelativeDay } from '../../ui/relative-time.tsx';
import { StepLine } from '../../ui/step-line.tsx';
import { useWords } from '../../ui/use-words.ts';
import type { Words } from '../../ui/words.ts';
import { type Directory, useDirectory } from '../directory/public.ts';
import { LockMarks } from '../dossiers/public.ts';
import { DeliveryPanel } from '../exchange/public.ts';
import { CopiesList } from './copies-list.tsx';
import { DocumentLink } from './document-link.tsx';
import { sayKind } from './document-words.ts';
import { routeOf } from './incoming-route.ts';
import { SentAlong } from './sent-along.tsx';

type IncomingFactsProps = Readonly<{ page: DocumentPage; document: Incoming; tasks: readonly Task[] }>;

/** What the register says of a received paper, its way through the office, and who does what. */
export function IncomingFacts({ page, document, tasks }: IncomingFactsProps) {
  const words = useWords();
  const directory = useDirectory();
  const route = routeOf(document, tasks, { directory, words });
  return (
    <Stack>
      <LockMarks locks={document.locks} destroyed={document.destroyed} />
      {document.refusedBecause !== null && document.origin === undefined && (
        <Note tone="danger">{words('documents.refused', { reason: document.refusedBecause })}</Note>
      )}
      <DeliveryPanel page={page} document={document} link={DocumentLink} />
      <SentAlong document={document} />
      {route.length > 0 && <StepLine label={words('documents.route')} steps={route} />}
      <Facts facts={[...taskFacts(tasks, directory, words), ...registerFacts(document, words)]} />
      <CopiesList document={document} />
    </Stack>
  );
}

function taskFacts(tasks: readonly Task[], directory: Directory, words: Words): readonly Fact[] {
  return tasks.map((task) => ({
    label: words(`task.role.${task.role}`),
    wide: true,
    value: <TaskLine task={task} name={doerOf(task, directory)} />,
  }));
}

/** A unit stands beside the person it chose. */
function doerOf({ unit, person }: Task, { nameOf, unitName }: Directory): string {
  const names = [person === null ? '' : nameOf(person), unit === null ? '' : unitName(unit)];
  return names.filter((name) => name !== '').join(' · ');
}

const tones: Readonly<Partial<Record<Task['state'], Tone>>> = { returned: 'soon', paused: 'soon' };

function TaskLine({ task, name }: Readonly<{ task: Task; name: string }>) {
  const words = useWords();
  const isOver = task.state === 'done' || task.state === 'withdrawn';
  const state = words(`state.task.${task.state}`);
  const label =
    task.state === 'in-progress' ? words('task.percent', { state, percent: task.percent }) : state;
  return (
    <>
      <strong>{name}</strong>
      <span className="standing">
        <StateMark label={label} tone={tones[task.state] ?? 'plain'} />
        {task.dueOn !== null && <Deadline due={task.dueOn} done={isOver} />}
      </span>
    </>
  );
}

function registerFacts({ arrival, fields, file }: Incoming, words: Words): readonly Fact[] {
  const label = (field: string): string => words(`documents.field.${field}`);
  const stored: Fact = {
    label: label('file'),
    value: file === null ? null : words('documents.file', { name: file.name, pages: file.pages }),
    wide: true,
  };
  if (fields === null) return [stored];
  return [
    { label: label('arrivalNumber'), value: arrival?.number },
    { label: label('arrivedOn'), value: arrival === null ? null : <RelativeDay day={arrival.day} /> },
    { label: label('notation'), value: notationOf(fields.number, fields.symbol) },
    {
      label: label('issuedOn'),
      value: fields.issuedOn === null ? null : <RelativeDay day={fields.issuedOn} />,
    },
    { label: label('issuer'), value: fields.issuer, wide: true },
    { label: label('subject'), value: fields.subject, wide: true },
    { label: label('kind'), value: sayKind(fields.kind, words) },
    {
      label: label('urgency'),
      value: fields.urgency === 'normal' ? words('urgency.normal') : <UrgencyMark urgency={fields.urgency} />,
    },
    { label: label('signer'), value: fields.signer },
    { label: label('signerPost'), value: fields.signerPost },
    { label: label('dueOn'), value: fields.dueOn === null ? null : <RelativeDay day={fields.dueOn} /> },
    { label: label('copies'), value: fields.copies },
    { label: label('note'), value: fields.note, wide: true },
    stored,
  ];
}

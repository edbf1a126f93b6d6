import {
  IconArrowBackUp,
  IconCheck,
  IconCopyCheck,
  IconDownload,
  IconHash,
  IconPlayerPause,
  IconPlayerPlay,
  IconSend,
  IconSignature,
  IconX,
  type Icon,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { DocumentPage, TimelineAct } from '#shared/documents/public.ts';
import { sayDay } from '../../ui/moments.ts';
import type { Tone } from '../../ui/marks.tsx';
import { useMoment } from '../../ui/moment-context.tsx';
import { Timeline } from '../../ui/timeline.tsx';
import { useWords } from '../../ui/use-words.ts';
import { useDirectory } from '../directory/public.ts';
import { readActBody } from './act-body.ts';
import { actSentence, toldActs } from './act-sentence.ts';
import { CorrectedFields } from './corrected-fields.tsx';

const looks: Readonly<Record<string, Readonly<{ icon: Icon; tone?: Tone }>>> = {
  incomingArrived: { icon: IconDownload },
  incomingRefused: { icon: IconX, tone: 'danger' },
  secretTurnedAway: { icon: IconX, tone: 'danger' },
  incomingRegistered: { icon: IconHash, tone: 'action' },
  directionGiven: { icon: IconSend, tone: 'action' },
  directionWithdrawn: { icon: IconArrowBackUp, tone: 'soon' },
  taskAssigned: { icon: IconSend },
  taskReturned: { icon: IconArrowBackUp, tone: 'soon' },
  taskRejected: { icon: IconArrowBackUp, tone: 'soon' },
  taskApproved: { icon: IconCheck, tone: 'action' },
  taskPaused: { icon: IconPlayerPause, tone: 'soon' },
  taskResumed: { icon: IconPlayerPlay },
  handlingFinished: { icon: IconCheck, tone: 'action' },
  draftSubmitted: { icon: IconSend, tone: 'action' },
  stepPassed: { icon: IconCheck },
  draftReturned: { icon: IconArrowBackUp, tone: 'danger' },
  draftReturnedToDrafter: { icon: IconArrowBackUp, tone: 'danger' },
  draftWithdrawn: { icon: IconArrowBackUp, tone: 'soon' },
  draftAbandoned: { icon: IconX, tone: 'danger' },
  draftSigned: { icon: IconSignature, tone: 'action' },
  documentNumbered: { icon: IconHash, tone: 'action' },
  documentSealed: { icon: IconSignature, tone: 'action' },
  documentIssued: { icon: IconSend, tone: 'action' },
  copyMade: { icon: IconCopyCheck },
  copyVoided: { icon: IconX, tone: 'soon' },
};

/** What happened to a document and its tasks, in sentences, newest first. */
export function CoursePanel({ page }: Readonly<{ page: DocumentPage }>) {
  const words = useWords();
  const directory = useDirectory();
  const told = toldActs(page.timeline);
  return (
    <Timeline
      entries={told.map((act, place) => ({
        id: `${act.seq}-${place}`,
        at: act.at,
        ...actSentence(act, { page, directory, words }),
        ...looks[act.type],
        more: moreOf(act, page),
      }))}
    />
  );
}

function moreOf(act: TimelineAct, page: DocumentPage): ReactNode {
  if (act.type === 'directionGiven') return <Assigned act={act} />;
  return act.type === 'registrationCorrected' ? <CorrectedFields act={act} page={page} /> : undefined;
}

/** A direction names who does what until when. */
function Assigned({ act }: Readonly<{ act: TimelineAct }>) {
  const words = useWords();
  const { today } = useMoment();
  const { nameOf, unitName } = useDirectory();
  const { assignments = [], inform = [] } = readActBody(act.body);
  return (
    <>
      {assignments.map(({ role, to, dueOn }) => (
        <span key={to.id} className="dim">
          {words(dueOn === null ? 'documents.assigned' : 'documents.assigned.due', {
            role: words(`task.role.${role}`),
            name: (to.kind === 'person' ? nameOf : unitName)(to.id),
            day: dueOn === null ? '' : sayDay(dueOn, today, words),
          })}
        </span>
      ))}
      {inform.length > 0 && (
        <span className="dim">
          {words('documents.informed', { names: inform.map((id) => nameOf(id)).join(', ') })}
        </span>
      )}
    </>
  );
}

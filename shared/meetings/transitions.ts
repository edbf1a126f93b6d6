import type { Transitions } from '../documents/public.ts';

export const meetingStates = ['draft', 'invited', 'in-session', 'ended', 'signed', 'cancelled'] as const;
export type MeetingState = (typeof meetingStates)[number];

export const meetingEvents = [
  'describe',
  'prepare',
  'invite',
  'answer',
  'takePosition',
  'attend',
  'begin',
  'speak',
  'decide',
  'voteInWriting',
  'conclude',
  'end',
  'cancel',
  'sign',
  'draftInvitation',
  'draftMinutes',
  'draftConclusions',
  'sendExcerpt',
] as const;
export type MeetingEvent = (typeof meetingEvents)[number];

const whilePrepared = { draft: 'draft', invited: 'invited' } as const;
const untilOver = { invited: 'invited', 'in-session': 'in-session' } as const;
const inSession = { 'in-session': 'in-session' } as const;

/** Soạn → đã mời → đang họp → đã kết thúc → biên bản đã ký. */
export const meetingTransitions: Transitions<MeetingState, MeetingEvent> = {
  describe: whilePrepared,
  // Agenda and papers also change while people sit together: late papers replace visibly.
  prepare: { ...whilePrepared, ...inSession },
  // Guests may be asked in later.
  invite: { draft: 'invited', ...untilOver },
  answer: { invited: 'invited' },
  takePosition: untilOver,
  attend: untilOver,
  begin: { invited: 'in-session' },
  speak: inSession,
  decide: inSession,
  // Between meetings, and for those who cannot come.
  voteInWriting: untilOver,
  conclude: { 'in-session': 'in-session', ended: 'ended' },
  // A written round was never opened: it ends from where it was sent out.
  end: { invited: 'ended', 'in-session': 'ended' },
  cancel: { draft: 'cancelled', invited: 'cancelled' },
  sign: { ended: 'signed' },
  draftInvitation: whilePrepared,
  draftMinutes: { ended: 'ended' },
  draftConclusions: { ended: 'ended', signed: 'signed' },
  sendExcerpt: { ended: 'ended', signed: 'signed' },
};

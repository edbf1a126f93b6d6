import { meetingBodyAggregate } from '#shared/meetings/public.ts';
import { signedIn } from '../../host/context.ts';
import { askCommand, execute, runCommand } from '../../host/run-command.ts';
import { readAll } from '../../store/read-state.ts';
import { admitPaper } from './admit-paper.ts';
import { minutesDraft } from './minutes.ts';
import { tasksOfMeetings } from '../workflow/public.ts';
import { thenExcerpts } from './excerpts.ts';
import { listMeetings, meetingPage, paperFile, paperMustBeHere, taskPage, votePage } from './pages.ts';
import { beginPaper } from './papers.ts';
import { conflicts, suggestion } from './planning.ts';
import { proposalsOf, schedule } from './proposals.ts';
import { dropNote, keepNote, notesOf } from './private-notes.ts';
import { packOf } from './pack.ts';
import { exportStatistics, statistics } from './statistics.ts';
import { hear, tell } from './tellings.ts';
import { castSecret, closeVote, findBallot, openVote } from './secret-votes.ts';

const on = signedIn.meetings;

export const meetingsHandlers = {
  bodies: on.bodies.handler(({ context: { signed } }) => ({
    bodies: readAll(signed.open.desk.db, meetingBodyAggregate),
  })),
  list: on.list.handler(({ input, context: { signed } }) => listMeetings(signed, input)),
  page: on.page.handler(({ input, context: { signed } }) => meetingPage(signed, input.meetingId)),
  tasks: on.tasks.handler(({ context: { signed } }) => ({
    tasks: tasksOfMeetings(signed.open.desk.db, signed.person.id),
  })),
  task: on.task.handler(({ input, context: { signed } }) => taskPage(signed, input.taskId)),
  minutesDraft: on.minutesDraft.handler(({ input, context: { signed } }) => ({
    sections: minutesDraft(signed, input.meetingId),
  })),
  pack: on.pack.handler(({ input, context: { signed } }) => packOf(signed, input)),
  readPaper: on.readPaper.handler(async ({ input, context: { signed } }) => {
    const { hash, size } = paperFile(signed, input);
    paperMustBeHere(signed, { hash, size }, input.itemId);
    const bytes = await signed.open.blobs.read(hash, input.offset, input.length);
    return { bytes: new Blob([new Uint8Array(bytes)]), size };
  }),
  notes: on.notes.handler(({ input, context: { signed } }) => ({ notes: notesOf(signed, input.meetingId) })),
  keepNote: on.keepNote.handler(({ input, context: { signed } }) => ({ note: keepNote(signed, input) })),
  dropNote: on.dropNote.handler(({ input, context: { signed } }) => {
    dropNote(signed, input.id);
    return { ok: true as const };
  }),
  shareNote: on.shareNote.handler(runCommand),
  bringPaper: on.bringPaper.handler(async ({ input, context: { signed } }) => {
    const file = await admitPaper(signed, input.uploadId);
    const body = { ...input.body, file };
    return { reply: execute(signed, 'meetings.keepPaper', { commandId: input.commandId, body }) };
  }),

  statistics: on.statistics.handler(({ input, context: { signed } }) => statistics(signed, input)),
  exportStatistics: on.exportStatistics.handler(({ input, context: { signed } }) =>
    exportStatistics(signed, input),
  ),
  proposals: on.proposals.handler(({ context: { signed } }) => proposalsOf(signed)),
  propose: on.propose.handler(runCommand),
  returnProposal: on.returnProposal.handler(runCommand),
  withdrawProposal: on.withdrawProposal.handler(runCommand),
  scheduleProposal: on.scheduleProposal.handler(({ input, context: { signed } }) => schedule(signed, input)),
  suggest: on.suggest.handler(({ input, context: { signed } }) => suggestion(signed, input.bodyId)),
  conflicts: on.conflicts.handler(({ input, context: { signed } }) => conflicts(signed, input)),

  setUpBody: on.setUpBody.handler(runCommand),
  arrangeSeries: on.arrangeSeries.handler(runCommand),
  seatMembers: on.seatMembers.handler(runCommand),
  endTerm: on.endTerm.handler(runCommand),
  nameSubstitutes: on.nameSubstitutes.handler(runCommand),

  convene: on.convene.handler(runCommand),
  describe: on.describe.handler(runCommand),
  arrange: on.arrange.handler(runCommand),
  invite: on.invite.handler(runCommand),
  answer: on.answer.handler(runCommand),
  handOverChair: on.handOverChair.handler(runCommand),
  begin: on.begin.handler(runCommand),
  end: on.end.handler(thenExcerpts),
  cancel: on.cancel.handler(runCommand),
  signMinutes: on.signMinutes.handler(thenExcerpts),
  sendExcerpt: on.sendExcerpt.handler(runCommand),
  beginPaper: on.beginPaper.handler(({ input, context: { signed } }) => ({
    reply: beginPaper(signed, input),
  })),

  openCheckIn: on.openCheckIn.handler(runCommand),
  checkIn: on.checkIn.handler(runCommand),
  markAttendance: on.markAttendance.handler(runCommand),
  leave: on.leave.handler(runCommand),
  giveProxy: on.giveProxy.handler(runCommand),
  showPage: on.showPage.handler(runCommand),
  askToSpeak: on.askToSpeak.handler(runCommand),
  callSpeaker: on.callSpeaker.handler(runCommand),
  endSpeech: on.endSpeech.handler(runCommand),

  putItem: on.putItem.handler(runCommand),
  takePosition: on.takePosition.handler(runCommand),
  adoptBlock: on.adoptBlock.handler(askCommand),
  settleItem: on.settleItem.handler(runCommand),
  drawConclusion: on.drawConclusion.handler(runCommand),
  takeNote: on.takeNote.handler(runCommand),

  tell: on.tell.handler(({ input, context: { signed } }) => tell(signed, input)),
  hear: on.hear.handler(({ input, context: { signed, sessions }, signal }) =>
    hear({ signed, sessions, signal }, input.meetingId),
  ),

  vote: on.vote.handler(({ input, context: { signed } }) => votePage(signed, input.voteId)),
  openVote: on.openVote.handler(async ({ input, context: { signed } }) => openVote(signed, input)),
  castVote: on.castVote.handler(runCommand),
  castOnPaper: on.castOnPaper.handler(runCommand),
  takeToken: on.takeToken.handler(askCommand),
  castSecret: on.castSecret.handler(({ input, context: { signed } }) => castSecret(signed, input)),
  findBallot: on.findBallot.handler(({ input, context: { signed } }) => findBallot(signed, input)),
  remindVoters: on.remindVoters.handler(runCommand),
  closeVote: on.closeVote.handler(({ input, context: { signed } }) => closeVote(signed, input)),
  dropVote: on.dropVote.handler(runCommand),
};

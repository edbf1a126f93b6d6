import { AppError } from '#shared/kernel/public.ts';
import { taskAggregate, type Task } from '#shared/workflow/public.ts';
import { signedIn } from '../../host/context.ts';
import { runCommand } from '../../host/run-command.ts';
import { readState } from '../../store/read-state.ts';
import { readableDocument } from '../documents/public.ts';
import { bringSigned, copyFile, printCopy, sealFile, signFile } from '../signing/public.ts';
import { submitDraft } from '../drafting/public.ts';
import { heldBy, supervision } from './supervision.ts';

const on = signedIn.workflow;

export const workflowHandlers = {
  overview: on.overview.handler(({ context: { signed } }) => supervision(signed)),
  held: on.held.handler(({ input, context: { signed } }) => heldBy(signed, input)),
  tasks: on.tasks.handler(({ input, context: { signed } }) => {
    const { db } = signed.open.desk;
    const document = readableDocument(db, signed.scope, input.documentId);
    if (document.direction !== 'incoming') return { tasks: [] };
    return { tasks: document.tasks.map((id) => known(readState(db, taskAggregate, id))) };
  }),
  submitDraft: on.submitDraft.handler(({ input, context: { signed } }) => submitDraft(signed, input)),
  signFile: on.signFile.handler(({ input, context: { signed } }) => signFile(signed, input)),
  bringSigned: on.bringSigned.handler(({ input, context: { signed } }) => bringSigned(signed, input)),
  takeSigned: on.takeSigned.handler(runCommand),
  sealFile: on.sealFile.handler(({ input, context: { signed } }) => sealFile(signed, input)),
  copyFile: on.copyFile.handler(({ input, context: { signed } }) => copyFile(signed, input)),
  printCopy: on.printCopy.handler(({ input, context: { signed } }) => printCopy(signed, input)),
  passStep: on.passStep.handler(runCommand),
  returnDraft: on.returnDraft.handler(runCommand),
  withdraw: on.withdraw.handler(runCommand),
  sendBack: on.sendBack.handler(runCommand),
  direct: on.direct.handler(runCommand),
  withdrawDirection: on.withdrawDirection.handler(runCommand),
  linkReply: on.linkReply.handler(runCommand),
  assignTask: on.assignTask.handler(runCommand),
  acceptTask: on.acceptTask.handler(runCommand),
  reportProgress: on.reportProgress.handler(runCommand),
  finishTask: on.finishTask.handler(runCommand),
  approveTask: on.approveTask.handler(runCommand),
  rejectTask: on.rejectTask.handler(runCommand),
  returnTask: on.returnTask.handler(runCommand),
  pauseTask: on.pauseTask.handler(runCommand),
  resumeTask: on.resumeTask.handler(runCommand),
};

function known(task: Task | null): Task {
  if (task === null) throw new AppError('workflow.unknown-task');
  return task;
}

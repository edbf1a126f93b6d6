import { disposalAggregate } from '#shared/dossiers/public.ts';
import { signedIn } from '../../host/context.ts';
import { askCommand } from '../../host/run-command.ts';
import { readAll } from '../../store/read-state.ts';
import { printDisposal } from './disposal-files.ts';
import { dueFiles } from './due-files.ts';

const on = signedIn.disposals;

export const disposalsHandlers = {
  due: on.due.handler(({ context: { signed } }) => ({ files: dueFiles(signed) })),
  list: on.list.handler(({ context: { signed } }) => ({
    disposals: readAll(signed.open.desk.db, disposalAggregate).toReversed(),
  })),
  print: on.print.handler(({ input, context: { signed } }) => printDisposal(signed, input)),
  propose: on.propose.handler(askCommand),
  appraise: on.appraise.handler(askCommand),
  approve: on.approve.handler(askCommand),
  dismiss: on.dismiss.handler(askCommand),
  carryOut: on.carryOut.handler(async (asked) => {
    const reply = await askCommand(asked);
    // What this desk holds of them goes now; the others and the server follow when they hear of it.
    asked.context.signed.open.collector.removeNow();
    return reply;
  }),
};

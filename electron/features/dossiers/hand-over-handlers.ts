import { signedIn } from '../../host/context.ts';
import { askCommand, runCommand } from '../../host/run-command.ts';
import { tryPackage } from './export-package.ts';
import { countsFor, findingsOnOffers, handOverPage, listHandOvers, waitingFiles } from './hand-over-pages.ts';
import { printKeptBack } from './kept-back.ts';
import { printMinutes, signMinutes } from './minutes.ts';
import { packageOf } from './package-of.ts';

const on = signedIn.handOvers;

export const handOversHandlers = {
  list: on.list.handler(({ input, context: { signed } }) => listHandOvers(signed, input)),
  page: on.page.handler(({ input, context: { signed } }) => handOverPage(signed, input.handOverId)),
  findings: on.findings.handler(({ input, context: { signed } }) => ({
    files: findingsOnOffers(signed, input.dossiers),
  })),
  waiting: on.waiting.handler(({ input, context: { signed } }) => waitingFiles(signed, input)),
  counts: on.counts.handler(({ context: { signed } }) => countsFor(signed)),
  tryPackage: on.tryPackage.handler(async ({ input: { dossierId }, context: { signed }, signal }) =>
    tryPackage(signed, await packageOf(signed, { dossierId, kind: 'SIP_hoso' }), signal),
  ),
  sign: on.sign.handler(({ input, context: { signed } }) => signMinutes(signed, input)),
  printMinutes: on.printMinutes.handler(({ input, context: { signed } }) =>
    printMinutes(signed, input.handOverId),
  ),
  printKeptBack: on.printKeptBack.handler(({ input, context: { signed } }) =>
    printKeptBack(signed, input.form),
  ),
  offer: on.offer.handler(askCommand),
  withdraw: on.withdraw.handler(askCommand),
  giveBack: on.giveBack.handler(askCommand),
  accept: on.accept.handler(askCommand),
  keepBack: on.keepBack.handler(runCommand),
  recordReceipt: on.recordReceipt.handler(runCommand),
};

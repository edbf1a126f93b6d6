import { fileListAggregate, fileListId } from '#shared/dossiers/public.ts';
import { signedIn } from '../../host/context.ts';
import { askCommand, runCommand } from '../../host/run-command.ts';
import { readState } from '../../store/read-state.ts';
import { printContents, printDossiers } from './contents-files.ts';
import { packageForWindow } from './export-package.ts';
import { packageOf } from './package-of.ts';
import { dossierPage, dossiersOfPaper } from './pages.ts';
import { listDossiers } from './rows.ts';

const on = signedIn.dossiers;

/** As many files as one printed list has. */
const mostPrinted = 10_000;

export const dossiersHandlers = {
  fileList: on.fileList.handler(({ input, context: { signed } }) => ({
    list: readState(signed.open.desk.db, fileListAggregate, fileListId(input.year)),
  })),
  list: on.list.handler(({ input: { mine, ...asked }, context: { signed } }) =>
    listDossiers(signed.open.desk.db, signed.scope, { ...asked, maker: mine ? signed.person.id : null }),
  ),
  page: on.page.handler(({ input, context: { signed } }) =>
    dossierPage(signed, input.dossierId, input.endedOn),
  ),
  of: on.of.handler(({ input, context: { signed } }) => ({
    dossiers: dossiersOfPaper(signed, input.documentId),
  })),
  exportPackage: on.exportPackage.handler(async ({ input, context: { signed }, signal }) =>
    packageForWindow(signed, await packageOf(signed, input), { bag: input.bag, signal }),
  ),
  printContents: on.printContents.handler(({ input, context: { signed } }) => printContents(signed, input)),
  printList: on.printList.handler(({ input: { mine, form, ...asked }, context: { signed } }) => {
    const maker = mine ? signed.person.id : null;
    const whole = { ...asked, maker, offset: 0, limit: mostPrinted };
    return printDossiers(signed, listDossiers(signed.open.desk.db, signed.scope, whole).rows, form);
  }),
  writeList: on.writeList.handler(runCommand),
  approveList: on.approveList.handler(runCommand),
  open: on.open.handler(runCommand),
  describe: on.describe.handler(runCommand),
  file: on.file.handler(runCommand),
  takeOut: on.takeOut.handler(runCommand),
  passOn: on.passOn.handler(runCommand),
  close: on.close.handler(askCommand),
  reopen: on.reopen.handler(runCommand),
};

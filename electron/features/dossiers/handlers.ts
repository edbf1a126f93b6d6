import { fileListAggregate, fileListId } from '#shared/dossiers/public.ts';
import { personAggregate, unitAggregate } from '#shared/directory/public.ts';
import { AppError } from '#shared/kernel/public.ts';
import { signedIn, type Signed } from '../../host/context.ts';
import { askCommand, runCommand } from '../../host/run-command.ts';
import { readAll, readState } from '../../store/read-state.ts';
import { keepTable } from '../documents/public.ts';
import { printContents, printDossiers } from './contents-files.ts';
import { packageForWindow } from './export-package.ts';
import { fileListTable, readListFile, type Staff } from './file-list-file.ts';
import { packageOf } from './package-of.ts';
import { dossierPage, dossiersOfPaper } from './pages.ts';
import { retentionSettings, schedule, suggestedFor } from './retention.ts';
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
  exportFileList: on.exportFileList.handler(({ input: { year, form }, context: { signed } }) => {
    const list = readState(signed.open.desk.db, fileListAggregate, fileListId(year));
    if (list === null) throw new AppError('dossiers.list-empty', { year });
    return keepTable(signed, fileListTable(list, staffOf(signed)), form);
  }),
  previewFileList: on.previewFileList.handler(async ({ input, context: { signed } }) =>
    readListFile(new Uint8Array(await input.file.arrayBuffer()), staffOf(signed)),
  ),
  retention: on.retention.handler(({ context: { signed } }) => ({
    settings: retentionSettings(signed),
    schedule,
  })),
  suggestRetention: on.suggestRetention.handler(({ input, context: { signed } }) => ({
    suggested: suggestedFor(signed, input),
  })),
  arrangeRetention: on.arrangeRetention.handler(runCommand),
  writeList: on.writeList.handler(runCommand),
  approveList: on.approveList.handler(runCommand),
  open: on.open.handler(runCommand),
  describe: on.describe.handler(runCommand),
  file: on.file.handler(runCommand),
  takeOut: on.takeOut.handler(runCommand),
  passOn: on.passOn.handler(runCommand),
  close: on.close.handler(askCommand),
  reopen: on.reopen.handler(askCommand),
};

function staffOf({ open: { desk } }: Signed): Staff {
  return { people: readAll(desk.db, personAggregate), units: readAll(desk.db, unitAggregate) };
}

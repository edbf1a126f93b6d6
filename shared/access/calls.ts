import type { CallName } from '../directory/public.ts';
import { HashSchema } from '../kernel/public.ts';
import type { Access, Accessed } from './model.ts';

type Given = Readonly<Record<string, unknown>>;
type LineOf = (given: Given) => Access | null;

const about = (kind: Accessed['kind'], id: unknown): Accessed => ({ kind, id: String(id) });
const line = (what: Access['what'], on: Accessed): Access => ({ what, on, file: null });
/** A page is printed; the other forms are for another program. */
const outAs = (given: Given): Access['what'] => (given['form'] === 'pdf' ? 'printed' : 'exported');
const year = (given: Given) => `${String(given['book'])} ${String(given['year'])}`;

/** Which file of a paper. */
const ofFile = (what: Access['what'], given: Given): Access => ({
  what,
  on: about('document', given['documentId']),
  file: HashSchema.safeParse(given['hash']).data ?? null,
});

/** Only the first piece of a file tells: the others follow it. */
function fileRead(given: Given): Access | null {
  if (given['offset'] !== 0) return null;
  return ofFile(given['purpose'] === 'save' ? 'downloaded' : 'opened', given);
}

/** A paper of an agenda item; again its first piece tells. */
function meetingPaperRead(given: Given): Access | null {
  return given['offset'] === 0 ? line('opened', about('meeting', given['itemId'])) : null;
}

/** Which calls leave a line when they were answered (NĐ 30 PL6 3, 6: access, download, print, export). */
const lines: Partial<Readonly<Record<CallName, LineOf>>> = {
  'documents.page': (given) => line('opened', about('document', given['documentId'])),
  'documents.readFile': fileRead,
  'documents.fileText': (given) => line('opened', about('document', given['documentId'])),
  'documents.printFile': (given) => ofFile('printed', given),
  'documents.exportRegister': (given) => line(outAs(given), about('register', year(given))),
  'documents.makeMail': (given) => line('exported', about('document', given['documentId'])),
  'signing.report': (given) => line('printed', about('document', given['documentId'])),
  'signing.sealReport': (given) => line('exported', about('document', given['documentId'])),
  'workflow.printCopy': (given) => line('printed', about('document', given['documentId'])),
  'disposals.print': (given) => line('printed', about('list', given['disposalId'])),
  'handOvers.printMinutes': (given) => line('printed', about('list', given['handOverId'])),
  'handOvers.printKeptBack': (given) => line(outAs(given), about('list', 'kept-back')),
  'drafting.preview': (given) => line('opened', about('document', given['documentId'])),
  'dossiers.page': (given) => line('opened', about('dossier', given['dossierId'])),
  'dossiers.exportPackage': (given) => line('exported', about('dossier', given['dossierId'])),
  'dossiers.printContents': (given) => line(outAs(given), about('dossier', given['dossierId'])),
  'dossiers.printList': (given) => line(outAs(given), about('list', String(given['state']))),
  'dossiers.exportFileList': (given) => line(outAs(given), about('list', String(given['year']))),
  'reading.open': (given) => line('opened', about('reading', given['readingId'])),
  'reading.print': (given) => line('printed', about('reading', given['readingId'])),
  'reading.exportBook': (given) => line(outAs(given), about('list', 'reading')),
  'meetings.readPaper': meetingPaperRead,
  'meetings.pack': (given) => line(outAs(given), about('meeting', given['meetingId'])),
  'meetings.exportStatistics': (given) => line(outAs(given), about('list', 'meetings')),
  'search.export': (given) => line(outAs(given), about('search', '')),
  'access.export': () => line('exported', about('log', 'access')),
};

/** What a call that was answered leaves in the access log; null for one that shows nothing of a paper. */
export function accessBy(call: string, given: unknown): Access | null {
  const lineOf = Object.hasOwn(lines, call) ? lines[call as CallName] : undefined;
  if (lineOf === undefined || typeof given !== 'object' || given === null) return null;
  return lineOf(given as Given);
}

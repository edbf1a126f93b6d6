import { agencyAggregate, personAggregate } from '#shared/directory/public.ts';
import { documentAggregate } from '#shared/documents/public.ts';
import { fingerprintsOf, type Certified, type Dossier } from '#shared/dossiers/public.ts';
import { writtenDay, writtenMoment } from '#shared/kernel/public.ts';
import type { OtherFile } from '#shared/node/packages/public.ts';
import { tablePdf } from '#shared/node/typesetting/public.ts';
import type { Signed } from '../../host/context.ts';
import { wordsOf } from '../../platform/words.ts';
import { readState } from '../../store/read-state.ts';
import { retentionText } from './contents-files.ts';
import { madeBytes } from './package-files.ts';

type Desk = Pick<Signed, 'open'>;
type Closed = NonNullable<Dossier['closed']>;

const words = wordsOf('vi');

/** What was put down when the file was closed, as a page, and the list that the page vouches for (NĐ 30 Đ29). */
export function certificateIn(desk: Desk, dossier: Dossier): OtherFile[] {
  const { closed, code } = dossier;
  const certified = closed?.certified;
  if (closed === null || certified === undefined) return [];
  const { db } = desk.open.desk;
  const page = madeBytes(words('package.file.certificate', { code }), 'application/pdf', () =>
    certificatePage(desk, dossier, { closed, certified }),
  );
  const list = madeBytes(words('package.file.fingerprints', { code }), 'text/plain', () =>
    fingerprintsOf(dossier, (id) => readState(db, documentAggregate, id)),
  );
  return [page, list].map((file) => ({ role: 'certificate', ...file }));
}

type Closing = Readonly<{ closed: Closed; certified: Certified }>;

/** The same bytes each time it is set: nothing on it is of today. */
function certificatePage({ open }: Desk, dossier: Dossier, { closed, certified }: Closing): Uint8Array {
  const { db, agencyId } = open.desk;
  const agency = readState(db, agencyAggregate, agencyId);
  const person = readState(db, personAggregate, closed.by);
  const { code, title, retention, startedOn, endedOn, parts } = dossier;
  const line = (field: string, said: string): string[] => [words(`dossiers.certificate.${field}`), said];
  return tablePdf({
    title: words('dossiers.certificate'),
    agency: agency?.name ?? '',
    superior: agency?.superior ?? null,
    cover: null,
    about: [words('dossiers.print.of', { code, title })],
    columns: [words('dossiers.certificate.what'), words('dossiers.certificate.said')],
    shares: [1, 2.4],
    rows: [
      line('retention', retentionText(retention)),
      line('period', [startedOn, endedOn ?? startedOn].map(writtenDay).join(' – ')),
      line('by', [person?.name, person?.post].filter((part) => part !== undefined).join(', ')),
      line('at', writtenMoment(closed.at)),
      line('papers', String(certified.papers)),
      line('parts', String(parts.length)),
      line('warnings', warningsText(certified)),
      line('fingerprints', certified.fingerprints),
    ],
    after: [words('dossiers.certificate.check', { file: words('package.file.fingerprints', { code }) })],
    frozenAt: closed.at,
  });
}

function warningsText({ warnings }: Certified): string {
  if (warnings.length === 0) return words('dossiers.certificate.none');
  return warnings
    .map(({ code, places }) =>
      words(`dossiers.certificate.warning.${code.slice(code.indexOf('.') + 1)}`, {
        places: places.join(', '),
      }),
    )
    .join('\n');
}

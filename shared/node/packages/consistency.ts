import { mixedConfidence } from './code-tables.ts';
import type { Findings } from './findings.ts';
import type { Dossier, DocumentFields, PackageDocument, PackageHead } from './model.ts';

/** What has to fit together, whoever made the package: the writer refuses by it, the validator tells by it. */
export function checkHead(head: PackageHead, count: number, findings: Findings): void {
  const { dossier, parts, kind } = head;
  if (dossier === null && kind.endsWith('_hoso')) findings.add('ead-missing', kind);
  if (dossier === null && parts.length > 0) findings.add('parts-without-dossier', kind);
  if (dossier !== null && kind.endsWith('_tailieu')) findings.add('package-type', kind);
  if (count === 0) findings.add('no-documents', kind);
  checkEvents(head, findings);
  for (const one of [dossier, ...parts]) {
    if (one !== null && one.startDate > one.endDate) findings.add('dates-reversed', one.arcFileCode);
  }
  if (dossier !== null && !isCounted(dossier, count)) {
    findings.add('total-doc', dossier.arcFileCode, { said: dossier.totalDoc, found: count });
  }
}

/** Watches the documents go by, one after another. */
export function openDocumentCheck(
  head: Pick<PackageHead, 'dossier' | 'parts'>,
  findings: Findings,
): (
  document: Readonly<{
    fields: DocumentFields;
    files: readonly Pick<PackageDocument['files'][number], 'role'>[];
  }>,
) => void {
  const ids = new Set<string>();
  const codes = new Set<string>();
  const dossiers = new Set([head.dossier, ...head.parts].flatMap((one) => one?.arcFileCode ?? []));
  return ({ fields, files }) => {
    const { docId, docCode, arcFileCode } = fields;
    // Files are named after the id, and some file systems do not tell small letters from capitals.
    if (ids.has(docId.toLowerCase())) findings.add('document-id-twice', docId);
    ids.add(docId.toLowerCase());
    if (codes.has(docCode)) findings.add('document-code-twice', docId, { code: docCode });
    codes.add(docCode);
    if (!files.some(({ role }) => role === 'original')) findings.add('no-original', docId);
    if (head.dossier !== null && !dossiers.has(arcFileCode ?? '')) {
      findings.add('other-dossier', docId, { code: arcFileCode ?? '' });
    }
    // TT 05/2025/TT-BNV: the dossier's code and seven digits; an AIP's dossier has the archive's code before it.
    const stem = docCode.slice(0, -7).replace(/[.\-_/]$/, '');
    if (arcFileCode !== null && !arcFileCode.endsWith(stem)) {
      findings.add('document-code', docId, { code: docCode, dossier: arcFileCode });
    }
  };
}

/** A mixed dossier has papers that are not here. */
function isCounted({ totalDoc, confidenceLevel }: Dossier, count: number): boolean {
  return confidenceLevel === mixedConfidence ? totalDoc >= count : totalDoc === count;
}

function checkEvents({ kind, events }: PackageHead, findings: Findings): void {
  const isPreserved = kind.startsWith('AIP');
  if (isPreserved && !events.some(({ type }) => type === 'information package creation')) {
    findings.add('premis-event', kind);
  }
  // TT 05/2025/TT-BNV: only an AIP has PREMIS.
  if (!isPreserved && events.length > 0) findings.add('premis-unexpected', kind);
}

import { AppError } from '../../kernel/public.ts';
import type { Findings } from './findings.ts';
import {
  DocumentFieldsSchema,
  DossierSchema,
  fileRoles,
  HeadSchema,
  otherRoles,
  type Dossier,
  type OtherFile,
  type Package,
  type PackageDocument,
  type PackageFile,
  type PackageKind,
} from './model.ts';
import { paths } from './layout.ts';
import type { Described, Division, Mets, Reference } from './read-mets.ts';
import type { PreservedFile } from './read-premis.ts';
import type { SourceEntry } from './source.ts';
import { faultOf } from './values.ts';
import type { FieldValue } from './wire.ts';

/** All that was read of a package, not yet put together. */
export type Pieces = Readonly<{
  root: Mets;
  representations: readonly Mets[];
  /** By the path of the EAD they stand in. */
  fields: ReadonlyMap<string, ReadonlyMap<string, FieldValue>>;
  events: Package['events'];
  preserved: readonly PreservedFile[];
  premis: readonly string[];
  entryAt: (path: string) => SourceEntry | undefined;
}>;

/** Null where the METS does not say what it is. */
export function kindOf({ oais, described }: Mets): PackageKind | null {
  if (oais === 'DIP') return 'DIP';
  const isDossier = described.some(({ of }) => of !== 'PREMIS');
  if (oais === 'SIP') return isDossier ? 'SIP_hoso' : 'SIP_tailieu';
  if (oais === 'AIP') return isDossier ? 'AIP_hoso' : 'AIP_tailieu';
  return null;
}

/** The package its parts make up; each part that does not fit is told and left out. */
export function assemble(pieces: Pieces, findings: Findings): Package | null {
  const { root } = pieces;
  const kind = kindOf(root);
  if (kind === null) findings.add('package-type', paths.mets, { value: root.oais ?? '' });
  const [, fonds, uuid] = /^(?:urn:([^:]+):)?uuid-([0-9A-F-]{36})$/.exec(root.objectId) ?? [];
  if (uuid === undefined || (fonds !== undefined) !== (kind?.startsWith('AIP') ?? false)) {
    findings.add('object-id', paths.mets, { value: root.objectId.slice(0, 100) });
  }
  const dossiers = root.described.flatMap((one) => dossierAt(one, pieces));
  const agency = bodyOf(root, 'CREATOR');
  const head = HeadSchema.safeParse({
    kind,
    id: uuid?.toLowerCase(),
    createdAt: root.createdAt,
    agency: { ...agency, fonds: root.otherIds.get('FONDS') },
    archive: bodyOf(root, 'ARCHIVIST'),
    dossier: dossiers[0] ?? null,
    parts: dossiers.slice(1),
    events: pieces.events,
  });
  if (!head.success) {
    for (const issue of head.error.issues) {
      const name = issue.path.join('.');
      // What has been told under a name of its own is not told again.
      if (/^(?:agency|archive|events)/.test(name)) findings.add('mets-value', paths.mets, { name });
      if (name !== 'id' || uuid === undefined) continue;
      findings.add('object-id', paths.mets, { value: root.objectId });
    }
    return null;
  }
  const documents = pieces.representations.flatMap((mets) => documentsOf(mets, pieces, findings));
  const others = root.files
    .filter(({ path }) => !root.pointers.includes(path))
    .flatMap((one) => otherAt(one, pieces, findings));
  return { ...head.data, documents, others };
}

function bodyOf({ bodies }: Mets, role: string): Readonly<{ name: string; code: string }> | null {
  const body = bodies.find((one) => one.role === role && one.type === 'ORGANIZATION');
  return body === undefined ? null : { name: body.name, code: body.code };
}

function dossierAt({ of, path }: Described, { fields }: Pieces): readonly Dossier[] {
  const values = of === 'PREMIS' ? undefined : fields.get(path);
  if (values === undefined) return [];
  const read = DossierSchema.safeParse(Object.fromEntries(values));
  return read.success ? [read.data] : [];
}

function documentsOf(mets: Mets, pieces: Pieces, findings: Findings): readonly PackageDocument[] {
  const files = new Map(mets.files.map((one) => [one.id, one]));
  const sections = new Map(mets.described.map((one) => [one.section, one]));
  const used = new Set(mets.divisions.flatMap((one) => one.files));
  for (const { id, path } of mets.files) if (!used.has(id)) findings.add('file-without-document', path);
  return mets.divisions.flatMap((division) => {
    const described = sections.get(division.section ?? '');
    if (described === undefined) findings.add('ead-doc-missing', division.label);
    const values = pieces.fields.get(described?.path ?? '');
    if (values === undefined) return [];
    const own = division.files.flatMap((id) => fileAt(files.get(id), pieces, findings));
    const fields = DocumentFieldsSchema.safeParse({
      ...absent,
      ...labelsOf(division),
      ...Object.fromEntries(values),
    });
    if (fields.success) return [{ fields: fields.data, files: own }];
    for (const issue of fields.error.issues) {
      // The fields of the EAD have been judged where they stand.
      const field = String(issue.path[0]);
      if (!values.has(field)) findings.add(`field-${faultOf(issue)}`, division.label, { field, value: '' });
    }
    return [];
  });
}

/** What the form of an EAD_doc.xml does not know. */
const absent = {
  arcFileCode: null,
  docOrdinal: null,
  maintenance: null,
  riskRecovery: null,
  riskRecoveryStatus: null,
};

function labelsOf({ label, order, orderLabel }: Division): Readonly<Record<string, FieldValue>> {
  return {
    docId: label,
    arcFileCode: orderLabel,
    docOrdinal: order !== null && /^\d{1,15}$/.test(order) ? Number(order) : null,
  };
}

function fileAt(one: Reference | undefined, pieces: Pieces, findings: Findings): readonly PackageFile[] {
  if (one === undefined) return [];
  const role = fileRoles.find((known) => known === one.use);
  if (role === undefined) findings.add('file-role', one.path, { value: one.use ?? '' });
  const parts = partsOf(one, pieces);
  return role === undefined || parts === null ? [] : [{ role, ...parts }];
}

function otherAt(one: Reference, pieces: Pieces, findings: Findings): readonly OtherFile[] {
  const role = otherRoles.find((known) => known === one.use);
  if (role === undefined) findings.add('file-role', one.path, { value: one.use ?? '' });
  const parts = partsOf(one, pieces);
  return role === undefined || parts === null ? [] : [{ role, ...parts }];
}

function partsOf(
  { path, name, size, hash, type }: Reference,
  { entryAt }: Pieces,
): Omit<PackageFile, 'role'> | null {
  if (size === null || hash === null) return null;
  const open = entryAt(path)?.open ?? (() => missing(path));
  return { name: name ?? path.slice(path.lastIndexOf('/') + 1), size, hash, type, open };
}

// oxlint-disable-next-line require-yield -- a way to bytes that are not there
async function* missing(path: string): AsyncGenerator<Uint8Array> {
  throw await Promise.resolve(new AppError('packages.file-missing', { name: path }));
}

import { AppError } from '../../kernel/public.ts';
import { checkHead, openDocumentCheck } from './consistency.ts';
import { openFindings, type Finding } from './findings.ts';
import { DocumentFieldsSchema, FileSchema, HeadSchema, OtherSchema, type Package } from './model.ts';
import { faultOf } from './values.ts';

/** All that stands against making this package; empty where nothing does. The screens ask before anybody waits. */
export function whyNotPack(given: Package): readonly Finding[] {
  const findings = openFindings(500);
  const { documents, others, ...head } = given;
  const told = (where: string, result: Checked): void => {
    for (const issue of result.error?.issues ?? []) {
      const field = issue.path.join('.');
      const { input } = issue;
      const value = typeof input === 'string' ? input.slice(0, 100) : '';
      findings.add(`field-${faultOf(issue)}`, where, { field, value });
    }
  };
  told(head.kind, HeadSchema.safeParse(head));
  const check = openDocumentCheck(head, findings);
  for (const { fields, files } of documents) {
    told(fields.docId, DocumentFieldsSchema.safeParse(fields));
    for (const file of files) told(`${fields.docId}/${file.name}`, FileSchema.safeParse(file));
    check({ fields, files });
  }
  for (const other of others) told(other.name, OtherSchema.safeParse(other));
  checkHead(head, documents.length, findings);
  return findings.all();
}

export function admit(given: Package): void {
  const [first] = whyNotPack(given);
  if (first === undefined) return;
  throw new AppError('packages.not-ready', { where: first.where, fault: first.code, ...first.params });
}

type Checked = Readonly<{
  error?: Readonly<{ issues: readonly Parameters<typeof faultOf>[0][] }> | undefined;
}>;

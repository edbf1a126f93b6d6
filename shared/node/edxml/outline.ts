import type {
  Business,
  DocumentMessage,
  ExchangeMessage,
  Party,
  Reference,
  Staff,
  StatusMessage,
} from '#shared/exchange/public.ts';
import { businessKinds } from '#shared/exchange/public.ts';
import type { Day, Instant } from '#shared/kernel/public.ts';

/** An element to write: its name and its text, or the elements in it. What is absent is not written. */
export type Outline = Readonly<{ name: string; inside: string | readonly Outline[] }>;

/** The header's elements in the order of the samples of the national axis, which differs from message to message. */
export function headerOutline(message: ExchangeMessage): readonly Outline[] {
  if (message.kind === 'status') return [within('MessageHeader', statusOutline(message))];
  return [
    within('MessageHeader', documentOutline(message)),
    within('TraceHeaderList', [
      ...message.trace.map(({ code, at }) =>
        within('TraceHeader', [...leaf('OrganId', code), ...leaf('Timestamp', at && moment(at))]),
      ),
      within('Bussiness', businessOutline(message.business)),
    ]),
  ];
}

function documentOutline(message: DocumentMessage): readonly Outline[] {
  const { signer, type } = message;
  return [
    within('From', partyOutline(message.from, 'document')),
    ...message.to.map((party) => within('To', partyOutline(party, 'document'))),
    ...leaf('DocumentId', message.documentId),
    ...group('Code', [...leaf('CodeNumber', message.number), ...leaf('CodeNotation', message.symbol)]),
    ...group('PromulgationInfo', [
      ...leaf('Place', message.place),
      ...leaf('PromulgationDate', message.issuedOn && day(message.issuedOn)),
    ]),
    ...group('DocumentType', [
      ...leaf('Type', type.code),
      ...leaf('TypeDetail', type.detail),
      ...leaf('TypeName', type.name),
    ]),
    ...leaf('Subject', message.subject),
    ...leaf('Content', message.content),
    ...group('SignerInfo', [
      ...leaf('Competence', signer.competence),
      ...leaf('Position', signer.position),
      ...leaf('FullName', signer.name),
    ]),
    ...leaf('DueDate', message.dueOn && day(message.dueOn)),
    ...group('OtherInfo', otherOutline(message)),
    ...message.answers.map((one) => within('ResponseFor', referenceOutline(one, 'document'))),
    ...leaf('SteeringType', message.steeringType),
    ...group(
      'ToPlaces',
      message.toPlaces.flatMap((place) => leaf('Place', place)),
    ),
  ];
}

function otherOutline(message: DocumentMessage): readonly Outline[] {
  return [
    ...leaf('Priority', message.priority),
    ...leaf('SphereOfPromulgation', message.sphere),
    ...leaf('TyperNotation', message.typist),
    ...leaf('PromulgationAmount', message.copies),
    ...leaf('PageAmount', message.pages),
    ...leaf('Direction', message.direction === null ? null : String(message.direction)),
    ...group(
      'Appendixes',
      message.appendixes.flatMap((one) => leaf('Appendix', one)),
    ),
  ];
}

function statusOutline(message: StatusMessage): readonly Outline[] {
  return [
    within('From', partyOutline(message.from, 'status')),
    ...message.to.map((party) => within('To', partyOutline(party, 'status'))),
    within('ResponseFor', referenceOutline(message.about, 'status')),
    ...(message.staff === null ? [] : [within('StaffInfo', staffOutline(message.staff, 'status'))]),
    ...leaf('StatusCode', message.status),
    ...leaf('Description', message.description),
    ...leaf('Timestamp', message.at && moment(message.at)),
  ];
}

function businessOutline(business: Business): readonly Outline[] {
  return [
    ...leaf('DocumentId', business.documentId),
    ...leaf('BussinessDocType', businessKinds.indexOf(business.kind)),
    ...leaf('BussinessDocReason', business.reason),
    ...leaf('Paper', business.paper === null ? null : Number(business.paper)),
    ...changedOutline(business),
    ...(business.staff === null ? [] : [within('StaffInfo', staffOutline(business.staff, 'document'))]),
  ];
}

function changedOutline(business: Business): readonly Outline[] {
  if (business.kind === 'update') {
    const receivers = business.receivers.map(({ code, receiverType }) =>
      within('Receiver', [...leaf('OrganId', code), ...leaf('ReceiverType', receiverType)]),
    );
    return group('BussinessDocumentInfo', [
      ...leaf('DocumentInfo', business.documentInfo),
      ...leaf('DocumentReceiver', business.documentReceiver),
      ...group('ReceiverList', receivers),
    ]);
  }
  if (business.kind !== 'replacement') return [];
  const replaced = business.replaces.map(({ documentId, agencies }) =>
    within('ReplacementInfo', [
      ...leaf('DocumentId', documentId),
      ...group(
        'OrganIdList',
        agencies.flatMap((code) => leaf('OrganId', code)),
      ),
    ]),
  );
  return group('ReplacementInfoList', replaced);
}

type In = ExchangeMessage['kind'];

function partyOutline(party: Party, kind: In): readonly Outline[] {
  const inCharge = leaf('OrganizationInCharge', party.inCharge);
  const name = leaf('OrganName', party.name);
  return [
    ...leaf('OrganId', party.code),
    ...(kind === 'document' ? [...inCharge, ...name] : [...name, ...inCharge]),
    ...leaf('OrganAdd', party.address),
    ...leaf('Email', party.email),
    ...leaf('Telephone', party.telephone),
    ...leaf('Fax', party.fax),
    ...leaf('Website', party.website),
  ];
}

function referenceOutline(reference: Reference, kind: In): readonly Outline[] {
  const on = leaf('PromulgationDate', reference.on && day(reference.on));
  const id = leaf('DocumentId', reference.documentId);
  return [
    ...leaf('OrganId', reference.agency),
    ...leaf('Code', reference.notation),
    ...(kind === 'document' ? [...id, ...on] : [...on, ...id]),
  ];
}

function staffOutline(staff: Staff, kind: In): readonly Outline[] {
  const email = leaf('Email', staff.email);
  const mobile = leaf('Mobile', staff.mobile);
  return [
    ...leaf('Department', staff.department),
    ...leaf('DepartmentId', staff.departmentCode),
    ...leaf('Staff', staff.name),
    ...leaf('StaffId', staff.nameCode),
    ...(kind === 'document' ? [...email, ...mobile] : [...mobile, ...email]),
  ];
}

export function leaf(name: string, value: string | number | null): readonly Outline[] {
  return value === null ? [] : [{ name, inside: String(value) }];
}

export function within(name: string, inside: readonly Outline[]): Outline {
  return { name, inside };
}

/** A group of which nothing is known is left out. */
function group(name: string, inside: readonly Outline[]): readonly Outline[] {
  return inside.length === 0 ? [] : [within(name, inside)];
}

function day(on: Day): string {
  return on.replaceAll('-', '/');
}

/** Vietnam's clock, UTC+7, without a zone: the samples' form. */
function moment(at: Instant): string {
  const local = new Date(Date.parse(at) + 7 * 3_600_000).toISOString();
  return `${local.slice(0, 10).replaceAll('-', '/')} ${local.slice(11, 19)}`;
}

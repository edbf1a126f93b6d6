import {
  businessKinds,
  type Attachment,
  type Business,
  type BusinessKind,
  type DocumentMessage,
} from '#shared/exchange/public.ts';
import { fault } from './fault.ts';
import { neededPart, neededText, type Fields } from './fields.ts';
import { readParty, readReference, readStaff } from './read-parties.ts';
import { readCount, readDay, readFlag, readInstant } from './read-values.ts';

type Parts = Readonly<{ header: Fields; trace: Fields; attachments: readonly Attachment[] }>;

export function readDocument({ header, trace, attachments }: Parts): DocumentMessage {
  const { number, symbol } = readCode(header);
  const promulgation = header.group('PromulgationInfo');
  const toPlaces = header.group('ToPlaces');
  const message: DocumentMessage = {
    kind: 'document',
    business: readBusiness(trace),
    from: readParty(neededPart(header, 'From')),
    to: header.parts('To').map(readParty),
    documentId: neededText(header, 'DocumentId'),
    number,
    symbol,
    place: promulgation.text('Place'),
    issuedOn: promulgation.value('PromulgationDate', readDay, 'bad-date'),
    type: readType(header),
    subject: header.text('Subject'),
    content: header.text('Content'),
    signer: readSigner(header),
    dueOn: header.value('DueDate', readDay, 'bad-date'),
    ...readOther(header.group('OtherInfo')),
    answers: header.parts('ResponseFor').flatMap((one) => readReference(one) ?? []),
    steeringType: header.text('SteeringType'),
    toPlaces: [...toPlaces.texts('Place')],
    trace: trace.parts('TraceHeader').map(readTrace),
    attachments: [...attachments],
  };
  promulgation.tellUnknown();
  toPlaces.tellUnknown();
  header.tellUnknown();
  trace.tellUnknown();
  // Without these nobody can enter it in the register of arrivals (NĐ 30 Đ22).
  if (message.subject === null) header.tell('field-missing', 'Subject');
  if (number === null && symbol === null) header.tell('field-missing', 'Code');
  if (message.issuedOn === null) header.tell('field-missing', 'PromulgationDate');
  return message;
}

function readTrace(fields: Fields): DocumentMessage['trace'][number] {
  const read = { code: fields.text('OrganId'), at: fields.value('Timestamp', readInstant, 'bad-date') };
  fields.tellUnknown();
  return read;
}

function readCode(header: Fields): Pick<DocumentMessage, 'number' | 'symbol'> {
  const code = header.group('Code');
  const read = { number: code.text('CodeNumber'), symbol: code.text('CodeNotation') };
  code.tellUnknown();
  return read;
}

function readType(header: Fields): DocumentMessage['type'] {
  const type = header.group('DocumentType');
  const read = {
    code: type.text('Type'),
    detail: type.text('TypeDetail'),
    name: type.text('TypeName'),
  };
  type.tellUnknown();
  return read;
}

function readSigner(header: Fields): DocumentMessage['signer'] {
  const signer = header.group('SignerInfo');
  const read = {
    competence: signer.text('Competence'),
    position: signer.text('Position'),
    name: signer.text('FullName'),
  };
  signer.tellUnknown();
  return read;
}

function readOther(
  other: Fields,
): Pick<DocumentMessage, 'priority' | 'sphere' | 'typist' | 'copies' | 'pages' | 'direction' | 'appendixes'> {
  const appendixes = other.group('Appendixes');
  const read = {
    priority: other.text('Priority'),
    sphere: other.text('SphereOfPromulgation'),
    typist: other.text('TyperNotation'),
    copies: other.value('PromulgationAmount', readCount, 'bad-number'),
    pages: other.value('PageAmount', readCount, 'bad-number'),
    direction: other.value('Direction', readFlag, 'bad-number'),
    appendixes: [...appendixes.texts('Appendix')],
  };
  appendixes.tellUnknown();
  other.tellUnknown();
  return read;
}

/** Messages without this part are older and always new documents; with it, what it wants may not be guessed at. */
function readBusiness(trace: Fields): Business {
  const business = trace.part('Bussiness');
  if (business === null) {
    trace.tell('kind-not-said');
    return { kind: 'new', documentId: null, reason: null, paper: null, staff: null };
  }
  const kind = kindOf(business);
  const common = {
    documentId: business.text('DocumentId'),
    reason: business.text('BussinessDocReason'),
    paper: business.value('Paper', readFlag, 'bad-number'),
    staff: readStaff(business.part('StaffInfo')),
  };
  const read = ofKind(kind, common, business);
  business.tellUnknown();
  return read;
}

/** 0 new, 1 recall, 2 update, 3 replacement (samples of the national axis). */
function kindOf(business: Fields): BusinessKind {
  const code = neededText(business, 'BussinessDocType');
  const kind = businessKinds.find((_, index) => code === String(index));
  if (kind === undefined) throw fault('unknown-kind', { code, line: business.line });
  return kind;
}

type Common = Omit<Extract<Business, { kind: 'new' }>, 'kind'>;

function ofKind(kind: BusinessKind, common: Common, business: Fields): Business {
  switch (kind) {
    case 'new':
    case 'revocation':
      return { ...common, kind };
    case 'update':
      return { ...common, kind, ...readUpdate(business.group('BussinessDocumentInfo')) };
    case 'replacement':
      return { ...common, kind, replaces: readReplaced(business.group('ReplacementInfoList')) };
  }
}

function readReplaced(list: Fields): Extract<Business, { kind: 'replacement' }>['replaces'] {
  const replaces = list.parts('ReplacementInfo').map((one) => {
    const agencies = one.group('OrganIdList');
    const read = {
      documentId: neededText(one, 'DocumentId'),
      agencies: [...agencies.texts('OrganId')],
    };
    agencies.tellUnknown();
    one.tellUnknown();
    return read;
  });
  list.tellUnknown();
  return replaces;
}

function readUpdate(
  info: Fields,
): Pick<Extract<Business, { kind: 'update' }>, 'documentInfo' | 'documentReceiver' | 'receivers'> {
  const list = info.group('ReceiverList');
  const receivers = list.parts('Receiver').map((one) => {
    const read = { code: neededText(one, 'OrganId'), receiverType: one.text('ReceiverType') };
    one.tellUnknown();
    return read;
  });
  const read = {
    documentInfo: info.text('DocumentInfo'),
    documentReceiver: info.text('DocumentReceiver'),
    receivers,
  };
  list.tellUnknown();
  info.tellUnknown();
  return read;
}

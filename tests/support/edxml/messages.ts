import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  ConnectionsSchema,
  DocumentMessageSchema,
  StatusMessageSchema,
  type Attachment,
  type Connection,
  type DocumentMessage,
  type ExchangeMessage,
  type StatusMessage,
} from '#shared/exchange/public.ts';
import { HashSchema } from '#shared/kernel/public.ts';
import { writeMessage } from '#shared/node/edxml/public.ts';

const catalogue = join(import.meta.dirname, '../../../resources/catalogues/edxml-connections.json');
const { connections } = ConnectionsSchema.parse(JSON.parse(readFileSync(catalogue, 'utf8')));

export function connection(id = 'national'): Connection {
  const found = connections.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no connection ${id}`);
  return found;
}

/** One that asks for nothing, so that whatever can be said can be written. */
export const lenient: Connection = { ...connection(), required: { document: [], status: [] } };

export function attachmentOf(bytes: Uint8Array, given: Partial<Attachment> = {}): Attachment {
  return {
    contentId: 'cid:1',
    name: 'văn bản.pdf',
    description: null,
    contentType: 'application/pdf',
    size: bytes.length,
    hash: HashSchema.parse(createHash('sha256').update(bytes).digest('hex')),
    ...given,
  };
}

export const paper = Buffer.from('%PDF-1.7 Quyết định\n'.repeat(40));

/** A letter of a department to a commune, with one file. */
export function aDocumentMessage(given: Partial<DocumentMessage> = {}): DocumentMessage {
  return DocumentMessageSchema.parse({
    kind: 'document',
    business: { kind: 'new', reason: 'Văn bản điện tử mới', paper: false },
    from: { code: '000.00.00.H19', name: 'Sở Khoa học và Công nghệ' },
    to: [{ code: 'H19.64.33', name: 'UBND xã An Phú' }],
    documentId: '000.00.00.H19,2026/11/23,15/SKHCN-VP',
    number: '15',
    symbol: 'SKHCN-VP',
    place: 'Đồng Nai',
    issuedOn: '2026-11-23',
    type: { code: '1', detail: '0', name: 'Công văn' },
    subject: 'V/v kết nối & liên thông <phần mềm>',
    signer: { competence: 'KT. GIÁM ĐỐC', position: 'Phó Giám đốc', name: 'Nguyễn Văn Minh' },
    priority: '0',
    copies: 2,
    pages: 3,
    trace: [{ code: '000.00.00.H19', at: '2026-11-23T02:00:00.000Z' }],
    attachments: [attachmentOf(paper)],
    ...given,
  });
}

export function aStatusMessage(given: Partial<StatusMessage> = {}): StatusMessage {
  return StatusMessageSchema.parse({
    kind: 'status',
    from: { code: 'H19.64.33', name: 'UBND xã An Phú' },
    about: {
      agency: '000.00.00.H19',
      notation: '15/SKHCN-VP',
      documentId: '000.00.00.H19,2026/11/23,15/SKHCN-VP',
    },
    status: '01',
    at: '2026-11-23T02:00:00.000Z',
    ...given,
  });
}

export function written(
  message: ExchangeMessage,
  contents: readonly Uint8Array[] = [paper],
  over: Connection = lenient,
): Buffer {
  return Buffer.concat([
    ...writeMessage(message, over, (_, index) => [contents[index] ?? new Uint8Array(0)]),
  ]);
}

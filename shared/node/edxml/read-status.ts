import { statusCodeOf, type StatusMessage } from '#shared/exchange/public.ts';
import { fault } from './fault.ts';
import { neededPart, neededText, type Fields } from './fields.ts';
import { readParty, readReference, readStaff } from './read-parties.ts';
import { readInstant } from './read-values.ts';

export function readStatus(header: Fields): StatusMessage {
  const code = neededText(header, 'StatusCode');
  const status = statusCodeOf(code);
  if (status === null) throw fault('unknown-status', { code, line: header.line });
  const answered = neededPart(header, 'ResponseFor');
  const about = readReference(answered);
  if (about === null || (about.documentId === null && about.notation === null)) {
    throw fault('missing', { name: 'DocumentId', line: answered.line, path: answered.path });
  }
  const message: StatusMessage = {
    kind: 'status',
    from: readParty(neededPart(header, 'From')),
    to: header.parts('To').map(readParty),
    about,
    staff: readStaff(header.part('StaffInfo')),
    status,
    description: header.text('Description'),
    at: header.value('Timestamp', readInstant, 'bad-date'),
  };
  header.tellUnknown();
  return message;
}

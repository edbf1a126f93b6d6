import { refuse, type Refusal } from '../kernel/public.ts';
import { codeFormOf } from './agency-code.ts';
import type { Connection } from './connection.ts';
import type { DocumentMessage, ExchangeMessage } from './model.ts';
import { statuses } from './statuses.ts';

/** All that stands against sending a message over a connection, so that it is put right once and not refused three times. */
export function whyNotSend(message: ExchangeMessage, connection: Connection): readonly Refusal[] {
  const missing = connection.required[message.kind]
    .filter((path) => isMissing(valueAt(message, path)))
    .map((path) => refuse('exchange.missing', { field: path }));
  if (message.kind === 'document') return [...missing, ...whyNotDocument(message, connection)];
  const isUnexplained = statuses[message.status].needsReason && message.description === null;
  return isUnexplained ? [...missing, refuse('exchange.needs-reason', { status: message.status })] : missing;
}

function whyNotDocument(message: DocumentMessage, connection: Connection): readonly Refusal[] {
  const refusals: Refusal[] = [];
  for (const { code } of [message.from, ...message.to]) {
    if (!connection.takesOtherCodes && codeFormOf(code) === 'other') {
      refusals.push(refuse('exchange.odd-code', { code }));
    }
  }
  for (const { name, size } of message.attachments) {
    const ending = /\.[^.]+$/u.exec(name)?.[0].toLowerCase() ?? '';
    if (connection.endings.length > 0 && !connection.endings.includes(ending)) {
      refusals.push(refuse('exchange.ending-not-taken', { name, endings: connection.endings.join(' ') }));
    }
    if (size > connection.mostAttachmentBytes) {
      refusals.push(
        refuse('exchange.too-large', {
          name,
          size: mebibytes(size),
          limit: mebibytes(connection.mostAttachmentBytes),
        }),
      );
    }
    if (size === 0) refusals.push(refuse('exchange.empty-attachment', { name }));
  }
  const ids = message.attachments.map(({ contentId }) => contentId);
  if (new Set(ids).size < ids.length) refusals.push(refuse('exchange.same-content-id'));
  return refusals;
}

function mebibytes(bytes: number): number {
  return Math.ceil((bytes / 1024 / 1024) * 10) / 10;
}

/** `to.name` asks for the name of each of them; a list itself may not be empty. */
function valueAt(value: unknown, path: string): readonly unknown[] {
  let values: readonly unknown[] = [value];
  for (const step of path.split('.')) {
    values = values.flatMap((one) => {
      const inner =
        typeof one === 'object' && one !== null
          ? Object.entries(one).find(([key]) => key === step)?.[1]
          : null;
      if (Array.isArray(inner) && inner.length > 0) return inner;
      return [inner];
    });
  }
  return values;
}

function isMissing(values: readonly unknown[]): boolean {
  return values.some(
    (value) => value === null || value === undefined || (Array.isArray(value) && value.length === 0),
  );
}

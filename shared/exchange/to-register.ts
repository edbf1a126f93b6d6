import type { z } from 'zod';
import { IncomingFieldsSchema } from '../documents/public.ts';
import { kindOfType, urgencyOf, type Connection } from './connection.ts';
import type { DocumentMessage } from './model.ts';

/** Names of kinds by code, as the office's catalogue has them. */
export type KindNames = (kind: string) => string | null;

const RegisterFieldsSchema = IncomingFieldsSchema.partial();
export type RegisterFields = z.infer<typeof RegisterFieldsSchema>;

/** What a message says for the register of arrivals; a value that does not fit its column is left for the clerk to see. */
export function registerFieldsOf(
  message: DocumentMessage,
  connection: Connection,
  nameOfKind: KindNames,
): RegisterFields {
  const { signer, type } = message;
  const kind = kindOfType(connection, type);
  const post = [signer.competence, signer.position].filter((part) => part !== null).join(' - ');
  const given = {
    number: message.number,
    symbol: message.symbol,
    issuedOn: message.issuedOn,
    issuer: message.from.name,
    // Axes disagree about codes, hardly ever about names.
    kind: type.name ?? (kind === null ? null : nameOfKind(kind)),
    subject: message.subject,
    signer: signer.name,
    signerPost: post === '' ? null : post,
    urgency: urgencyOf(connection, message.priority),
    dueOn: message.dueOn,
  };
  const fitting = Object.entries(given).filter(([field, value]) => value !== null && fits(field, value));
  return RegisterFieldsSchema.parse(Object.fromEntries(fitting));
}

function fits(field: string, value: unknown): boolean {
  return RegisterFieldsSchema.safeParse({ [field]: value }).success;
}

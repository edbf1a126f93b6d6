import { z } from 'zod';
import { UrgencySchema, type Urgency } from '../documents/public.ts';

/**
 * What one axis takes and sends. The code lists of QCVN 102 could not be confirmed and implementations disagree, so
 * they are data: `resources/catalogues/edxml-connections.json`, one entry for each connection.
 */
export const ConnectionSchema = z.object({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/),
  name: z.string().min(1),
  /** Where its tables come from, for whoever has to check them. */
  source: z.string().min(1),
  codeForm: z.enum(['old13', 'qd20']),
  /** Whether it has addresses in neither form, as the national one does. */
  takesOtherCodes: z.boolean(),
  documentTypes: z.array(
    z.object({ code: z.string().min(1), detail: z.string().min(1).nullable(), kind: z.string().min(1) }),
  ),
  /** Both ways: what each code means, and which one goes out. */
  priorities: z.record(z.string(), UrgencySchema),
  sentPriorities: z.record(UrgencySchema, z.string()),
  sentSteeringType: z.string().nullable(),
  /** What a message may not go out without, as paths of the message. */
  required: z.object({ document: z.array(z.string()), status: z.array(z.string()) }),
  mostAttachmentBytes: z.int().positive(),
  /** Endings of file names it takes; empty takes all. */
  endings: z.array(z.string().regex(/^\.[a-z0-9]+$/)),
});
export type Connection = Readonly<z.infer<typeof ConnectionSchema>>;

export const ConnectionsSchema = z.object({ connections: z.array(ConnectionSchema).min(1) });

/** How urgent a code says a document is; null for a code the connection does not know. */
export function urgencyOf({ priorities }: Connection, priority: string | null): Urgency | null {
  return Object.entries(priorities).find(([code]) => code === priority)?.[1] ?? null;
}

/** The code of our kind of document, or of the kind of a code. */
export function typeOfKind(
  { documentTypes }: Connection,
  kind: string,
): Connection['documentTypes'][number] | null {
  return documentTypes.find((one) => one.kind === kind) ?? null;
}

export function kindOfType(
  { documentTypes }: Connection,
  { code, detail }: Readonly<{ code: string | null; detail: string | null }>,
): string | null {
  const ofCode = documentTypes.filter((one) => one.code === code);
  return (ofCode.find((one) => one.detail === detail) ?? ofCode[0])?.kind ?? null;
}

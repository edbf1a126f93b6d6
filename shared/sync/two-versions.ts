import { z } from 'zod';
import { CommandIdSchema, InstantSchema, PersonIdSchema } from '../kernel/public.ts';

/** What a refused command wanted of a paper beside how the paper stands (`sync.md` 3.6). */
export const TwoVersionsSchema = z.object({
  /** The state of the paper now, as `direction.state`; null where it is not here. */
  state: z.string().nullable(),
  /** Who did what to it last, as the server has it. */
  last: z
    .object({ commandId: CommandIdSchema, by: PersonIdSchema, name: z.string(), at: InstantSchema })
    .nullable(),
  /** What I wrote and what stands there, where they differ; `now` is null where the paper has no such field. */
  fields: z.array(z.object({ field: z.string(), mine: z.string(), now: z.string().nullable() })),
});
export type TwoVersions = z.infer<typeof TwoVersionsSchema>;

/** Fields in the order in which a person reads them. */
const fields = [
  'number',
  'symbol',
  'issuedOn',
  'issuer',
  'kind',
  'subject',
  'signer',
  'signerPost',
  'urgency',
  'dueOn',
  'copies',
  'note',
  'percent',
  'words',
  'reason',
] as const;

/** What of a command's own words differs from what stands: fields of the register, of a draft, and what was said. */
export function differences(body: unknown, stands: unknown): TwoVersions['fields'] {
  const mine = {
    ...inner(body, 'fields'),
    ...inner(body, 'summary'),
    ...inner(body, 'details'),
    ...recordOf(body),
  };
  const now = { ...inner(stands, 'summary'), ...inner(stands, 'fields') };
  return fields.flatMap((field) => {
    const [own, other] = [said(mine[field]), said(now[field])];
    const isSame = own === null || own === '' || own === other;
    return isSame ? [] : [{ field, mine: own, now: field in now ? (other ?? '') : null }];
  });
}

function inner(value: unknown, name: string): Readonly<Record<string, unknown>> {
  return recordOf(recordOf(value)[name]);
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

function said(value: unknown): string | null {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : null;
}

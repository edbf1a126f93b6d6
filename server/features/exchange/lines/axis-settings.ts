import { z } from 'zod';

const header = z.string().regex(/^[\w-]{1,60}$/);

/** Asks for a token that the other calls carry; it is asked for anew when it is believed no longer. */
const LoginSchema = z.strictObject({
  path: z.string().startsWith('/'),
  body: z.record(z.string(), z.string()),
  /** The member of the answer that holds the token. */
  token: z.string().default('token'),
  header: header.default('Authorization'),
  /** What stands before the token. */
  before: z.string().default('Bearer '),
});

/**
 * An axis over HTTP in the manner of VXP and of provincial LGSPs. The operations are known; how each installation spells paths,
 * fields and answers is not confirmed and differs, so all of it can be set.
 */
const AxisFieldsSchema = z.strictObject({
  kind: z.literal('axis'),
  url: z.url({ protocol: /^https?$/ }),
  /** Lets secrets and papers go in the clear, where the network itself is the protection; never by itself. */
  inTheClear: z.boolean().default(false),
  /** The one authority its certificate goes back to, PEM; without it, those that Node believes. */
  authority: z.string().nullable().default(null),
  /** Sent with every call, such as `X-SystemId` and `X-SecretKey`, or `Authorization` with `Basic …`. */
  headers: z.record(header, z.string().max(2000)).default({}),
  login: LoginSchema.nullable().default(null),
  paths: z
    .strictObject({
      send: z.string().default('/sendEdoc'),
      list: z.string().default('/getReceivedEdocList'),
      get: z.string().default('/getEdoc'),
      update: z.string().default('/updateStatus'),
    })
    .prefault({}),
  fields: z
    .strictObject({
      file: z.string().default('edocFile'),
      from: z.string().default('from'),
      serviceType: z.string().default('servicetype'),
      messageType: z.string().default('messagetype'),
      docId: z.string().default('docId'),
      status: z.string().default('status'),
      /** Header that carries the SHA-256 of what is sent. */
      hash: header.default('contentSha256'),
      /** Members of an answer: its outcome, and the list in it. */
      result: z.string().default('code'),
      list: z.string().default('data'),
    })
    .prefault({}),
  /** The outcome that means that all is well. */
  ok: z.string().default('0'),
  timeoutSeconds: z.number().min(1).max(600).default(60),
});
export const AxisSchema = AxisFieldsSchema.refine(
  ({ url, inTheClear }) => inTheClear || url.startsWith('https:'),
  {
    path: ['url'],
    message: 'https, or inTheClear',
  },
);
export type AxisSettings = Readonly<z.infer<typeof AxisSchema>>;

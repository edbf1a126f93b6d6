import { z } from 'zod';
import {
  CertificateReplySchema,
  ChallengeReplySchema,
  DraftReplySchema,
  DraftRequestSchema,
  FaultSchema,
  PullReplySchema,
  PullRequestSchema,
  PushReplySchema,
  PushRequestSchema,
  SessionReplySchema,
  SessionRequestSchema,
} from '#shared/sync/public.ts';

/** Every door of the server that takes or gives JSON, with the schemas it is checked by. */
const doors = [
  {
    path: '/v1/push',
    takes: PushRequestSchema,
    gives: PushReplySchema,
    says: 'Commands of one device, in their order',
  },
  {
    path: '/v1/pull',
    takes: PullRequestSchema,
    gives: PullReplySchema,
    says: 'What is new in the scopes of its person',
  },
  {
    path: '/v1/drafts/{document}',
    takes: DraftRequestSchema,
    gives: DraftReplySchema,
    says: 'Words of a draft, both ways',
  },
  {
    path: '/v1/certificate',
    takes: SessionRequestSchema,
    gives: CertificateReplySchema,
    says: 'A device’s certificate, or its next one when that is due',
  },
  { path: '/v1/challenge', takes: null, gives: ChallengeReplySchema, says: 'A number used once' },
  {
    path: '/v1/session',
    takes: SessionRequestSchema,
    gives: SessionReplySchema,
    says: 'A token for a signed number',
  },
] as const;

/** The OpenAPI 3.1 description, made from the same schemas that check what comes. */
export function describeDoors(): unknown {
  const json = (schema: z.ZodType) => ({
    'application/json': { schema: z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' }) },
  });
  const paths = Object.fromEntries(
    doors.map(({ path, takes, gives, says }) => [
      path,
      {
        post: {
          summary: says,
          ...(takes === null ? {} : { requestBody: { required: true, content: json(takes) } }),
          responses: {
            200: { description: says, content: json(gives) },
            default: { description: 'A refusal with its code', content: json(FaultSchema) },
          },
        },
      },
    ]),
  );
  return { openapi: '3.1.0', info: { title: 'Ấn Tín', version: '1' }, paths };
}

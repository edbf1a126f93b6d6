import { z } from 'zod';
import {
  AccessHeadSchema,
  FindLinesSchema,
  FoundLinesSchema,
  TakeLinesSchema,
} from '#shared/access/public.ts';
import { BallotRequestSchema, TokenReplySchema, TokenRequestSchema } from '#shared/meetings/public.ts';
import { ReadingPieceRequestSchema, ReadingPieceSchema } from '#shared/reading/public.ts';
import { AlarmsReplySchema } from '#shared/exchange/public.ts';
import {
  BeginIdentityReplySchema,
  BeginIdentityRequestSchema,
  CertificateReplySchema,
  ChallengeReplySchema,
  ClientSecretRequestSchema,
  DigestReplySchema,
  DigestRequestSchema,
  DoneSchema,
  DraftReplySchema,
  DraftRequestSchema,
  FaultSchema,
  FinishIdentityReplySchema,
  FinishIdentityRequestSchema,
  HereReplySchema,
  KeepSecretRequestSchema,
  PullReplySchema,
  PullRequestSchema,
  PushReplySchema,
  PushRequestSchema,
  SessionReplySchema,
  SessionRequestSchema,
  TryIdentityReplySchema,
  TryIdentityRequestSchema,
} from '#shared/sync/public.ts';
import { TellRequestSchema } from './telling-doors.ts';

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
    path: '/v1/tellings',
    takes: TellRequestSchema,
    gives: z.object({ out: z.boolean() }),
    says: 'What is told in a meeting and kept nowhere',
  },
  {
    path: '/v1/certificate',
    takes: SessionRequestSchema,
    gives: CertificateReplySchema,
    says: 'A device’s certificate, or its next one when that is due',
  },
  {
    path: '/v1/here',
    takes: null,
    gives: HereReplySchema,
    says: 'Which agency this is, and how one joins it',
  },
  {
    path: '/v1/identity/begin',
    takes: BeginIdentityRequestSchema,
    gives: BeginIdentityReplySchema,
    says: 'A sign-in at the identity provider, for a desk that joins or is opened by it',
  },
  {
    path: '/v1/identity/finish',
    takes: FinishIdentityRequestSchema,
    gives: FinishIdentityReplySchema,
    says: 'What came of it, once',
  },
  {
    path: '/v1/identity/keep',
    takes: KeepSecretRequestSchema,
    gives: DoneSchema,
    says: 'A desk leaves a secret it can be opened with',
  },
  {
    path: '/v1/identity/secret',
    takes: ClientSecretRequestSchema,
    gives: DoneSchema,
    says: 'The provider’s secret for this server; administrators only',
  },
  {
    path: '/v1/identity/digest',
    takes: DigestRequestSchema,
    gives: DigestReplySchema,
    says: 'A person’s number under the server’s key; administrators only',
  },
  {
    path: '/v1/identity/try',
    takes: TryIdentityRequestSchema,
    gives: TryIdentityReplySchema,
    says: 'Whether a provider answers as arranged; administrators only',
  },
  {
    path: '/v1/exchange/alarms',
    takes: null,
    gives: AlarmsReplySchema,
    says: 'What the gateway told a person; administrators only',
  },
  {
    path: '/v1/access/take',
    takes: TakeLinesSchema,
    gives: AccessHeadSchema,
    says: 'What a device’s people opened and took out, as it continues what is here',
  },
  {
    path: '/v1/access/find',
    takes: FindLinesSchema,
    gives: FoundLinesSchema,
    says: 'Who opened and took out what; for those who look over others',
  },
  {
    path: '/v1/reading/piece',
    takes: ReadingPieceRequestSchema,
    gives: ReadingPieceSchema,
    says: 'A piece of a paper that was lent to whoever asks, until its day',
  },
  {
    path: '/v1/votes/token',
    takes: TokenRequestSchema,
    gives: TokenReplySchema,
    says: 'The blind signature under what a voter took in a secret vote',
  },
  {
    path: '/v1/votes/ballot',
    takes: BallotRequestSchema,
    gives: DoneSchema,
    says: 'A ballot for the box of a secret vote; without a session, over a connection of its own',
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

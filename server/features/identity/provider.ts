import * as oidc from 'openid-client';
import type { Claims, IdentityPolicy } from '#shared/directory/public.ts';
import { AppError } from '#shared/kernel/public.ts';

/** One sign-in at a provider, from the address people are sent to until they are back. */
export type Journey = Readonly<{
  url: string;
  state: string;
  nonce: string;
  verifier: string;
  redirect: string;
}>;

/** An identity provider as the agency arranged it, found and ready to be asked. */
export type Provider = Readonly<{
  signIn: string;
  /** The claims it says that it gives; null where it does not say. */
  claims: readonly string[] | null;
  begin: (redirect: string) => Promise<Journey>;
  /** Who came back, by an ID token whose signature, issuer, audience, nonce and times were checked. */
  finish: (journey: Journey, answer: string) => Promise<Claims>;
}>;

const patienceSeconds = 10;
/** How long ago somebody may have signed in there: an open browser is nobody's word. */
const freshSeconds = 300;

/** Finds a provider by its issuer (OpenID Connect Discovery 1.0). */
export async function findProvider(policy: IdentityPolicy, secret: string | null): Promise<Provider> {
  const found = await asked(() =>
    oidc.discovery(new URL(policy.issuer), policy.clientId, undefined, oidc.None(), {
      timeout: patienceSeconds,
      execute: isLoopback(policy.issuer) ? [oidc.allowInsecureRequests] : [],
    }),
  );
  const server = found.serverMetadata();
  const config = new oidc.Configuration(server, policy.clientId, undefined, authentication(server, secret));
  config.timeout = patienceSeconds;
  // Otherwise the token would be believed for the connection it came over alone.
  oidc.enableNonRepudiationChecks(config);
  if (isLoopback(policy.issuer)) oidc.allowInsecureRequests(config);
  const { authorization_endpoint: signIn, claims_supported: claims } = server;
  if (signIn === undefined) throw new AppError('identity.not-a-provider');

  return {
    signIn,
    claims: claims ?? null,
    begin: async (redirect) => {
      const [state, nonce, verifier] = [
        oidc.randomState(),
        oidc.randomNonce(),
        oidc.randomPKCECodeVerifier(),
      ];
      const url = oidc.buildAuthorizationUrl(config, {
        redirect_uri: redirect,
        scope: scopesFor(policy),
        state,
        nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        prompt: 'login',
        max_age: String(freshSeconds),
      });
      return { url: url.href, state, nonce, verifier, redirect };
    },
    finish: ({ redirect, state, nonce, verifier }, answer) =>
      asked(async () => {
        const back = new URL(redirect);
        back.search = answer;
        const tokens = await oidc.authorizationCodeGrant(config, back, {
          pkceCodeVerifier: verifier,
          expectedState: state,
          expectedNonce: nonce,
          idTokenExpected: true,
          maxAge: freshSeconds,
        });
        const claims = tokens.claims();
        if (claims === undefined) throw new AppError('identity.not-believed');
        return claims;
      }),
  };
}

function scopesFor({ equals }: IdentityPolicy): string {
  return equals === 'email' ? 'openid email' : 'openid profile';
}

function authentication(server: oidc.ServerMetadata, secret: string | null): oidc.ClientAuth {
  if (secret === null) return oidc.None();
  // The default where nothing is said (OpenID Connect Discovery 1.0, 3).
  const ways = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
  return ways.includes('client_secret_basic')
    ? oidc.ClientSecretBasic(secret)
    : oidc.ClientSecretPost(secret);
}

export function isLoopback(address: string): boolean {
  const { hostname, protocol } = new URL(address);
  return protocol === 'http:' && (hostname === '127.0.0.1' || hostname === 'localhost');
}

/** Every way in which a provider fails somebody, as one of three sentences. */
async function asked<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppError) throw error;
    if (error instanceof oidc.AuthorizationResponseError) {
      throw new AppError(
        error.error === 'access_denied' ? 'identity.declined' : 'identity.not-believed',
        {},
        error,
      );
    }
    throw new AppError(isAway(error) ? 'identity.provider-away' : 'identity.not-believed', {}, error);
  }
}

function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? error.code : undefined;
  // A connection that failed, one on which nothing came in time, or a page that is no provider's.
  if (
    code === 'OAUTH_TIMEOUT' ||
    code === 'OAUTH_RESPONSE_IS_NOT_CONFORM' ||
    code === 'OAUTH_RESPONSE_IS_NOT_JSON'
  ) {
    return true;
  }
  return error instanceof TypeError && error.message.includes('fetch failed');
}

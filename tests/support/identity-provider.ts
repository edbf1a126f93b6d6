import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { Provider } from 'oidc-provider';

/** What an account of the provider says of itself. */
export type Account = Readonly<{
  email?: string;
  emailVerified?: boolean;
  cccd?: string;
  methods?: readonly string[];
}>;
type Token = Record<string, unknown>;

/** An identity provider as others run it: a certified one, on this machine alone. */
export type IdentityProvider = Readonly<{
  issuer: string;
  accounts: Map<string, Account>;
  /** What becomes of an ID token on its way from the provider: as a thief or a broken provider would have it. */
  spoil: (change: ((token: Token) => Token | 'unsigned' | 'other-key') | null) => void;
  stop: () => Promise<void>;
  start: () => Promise<void>;
}>;

export const clientId = 'an-tin';
export const clientSecret = 'bi-mat-cua-may-chu-an-tin-2026';

export async function startIdentityProvider(port: number): Promise<IdentityProvider> {
  const issuer = `http://127.0.0.1:${port}`;
  const accounts = new Map<string, Account>();
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const jwk = { ...privateKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' };
  let change: Parameters<IdentityProvider['spoil']>[0] = null;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        application_type: 'native',
        redirect_uris: ['http://127.0.0.1/'],
        grant_types: ['authorization_code'],
        response_types: ['code'],
        token_endpoint_auth_method: 'client_secret_basic',
      },
    ],
    jwks: { keys: [jwk] },
    cookies: { keys: ['một khóa của riêng bài thử'] },
    claims: { openid: ['sub', 'cccd'], email: ['email', 'email_verified'], profile: ['name'] },
    conformIdTokenClaims: false,
    findAccount: (_context, id) => {
      const account = accounts.get(id);
      if (account === undefined) return undefined;
      const { email, emailVerified = true, cccd } = account;
      return {
        accountId: id,
        claims: () => ({
          sub: id,
          ...(email === undefined ? {} : { email, email_verified: emailVerified }),
          ...(cccd === undefined ? {} : { cccd }),
        }),
      };
    },
    // Whoever signed in has agreed.
    loadExistingGrant: async (context) => {
      const accountId = context.oidc.session?.accountId;
      if (accountId === undefined) return undefined;
      const grant = new context.oidc.provider.Grant({ accountId, clientId });
      grant.addOIDCScope('openid email profile');
      await grant.save();
      return grant;
    },
  });
  provider.on('server_error', (_context, error) => {
    process.stderr.write(`${error.stack ?? ''}\n`);
  });
  provider.use(async (context, next) => {
    await next();
    if (context.path !== '/token' || change === null) return;
    const body = context.body as { id_token?: string } | undefined;
    if (body?.id_token === undefined) return;
    body.id_token = spoilt(
      body.id_token,
      change,
      privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
    );
  });
  let server: Server | null = null;
  const start = async (): Promise<void> => {
    const answer = provider.callback();
    server = createServer((request, response) => void answer(request, response));
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  };
  await start();
  return {
    issuer,
    accounts,
    spoil: (by) => {
      change = by;
    },
    start,
    stop: async () => {
      server?.closeAllConnections();
      server?.close();
      await once(server ?? process, 'close');
      server = null;
    },
  };
}

function spoilt(
  token: string,
  change: NonNullable<Parameters<IdentityProvider['spoil']>[0]>,
  key: string,
): string {
  const [head = '', body = ''] = token.split('.');
  const changed = change(JSON.parse(Buffer.from(body, 'base64url').toString()) as Token);
  const packed = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  if (changed === 'unsigned') return `${packed({ alg: 'none' })}.${body}.`;
  const signing =
    changed === 'other-key'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
      : createPrivateKey(key);
  const text = `${head}.${changed === 'other-key' ? body : packed(changed)}`;
  return `${text}.${sign('sha256', Buffer.from(text), signing).toString('base64url')}`;
}

/** A person at a browser: follows where they are sent, signs in as `login`, and comes back to where that leads. */
export async function signInAt(url: string, login: string): Promise<Readonly<{ url: string; page: string }>> {
  const cookies = new Map<string, string>();
  let next = new URL(url);
  let form: URLSearchParams | null = null;
  for (let steps = 0; steps < 12; steps += 1) {
    const answer: Response = await fetch(next, {
      method: form === null ? 'GET' : 'POST',
      redirect: 'manual',
      headers: { cookie: [...cookies].map((one) => one.join('=')).join('; ') },
      ...(form === null ? {} : { body: form }),
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split(/[=](.*)/su);
      cookies.set(name, value);
    }
    form = null;
    const location = answer.headers.get('location');
    if (location !== null) {
      next = new URL(location, next);
      continue;
    }
    const page = await answer.text();
    const action = /<form[^>]+action="(?<action>[^"]+)"/u.exec(page)?.groups?.['action'];
    if (action === undefined) return { url: next.href, page };
    next = new URL(action, next);
    const prompt = /name="prompt" value="(?<prompt>\w+)"/u.exec(page)?.groups?.['prompt'] ?? '';
    form = new URLSearchParams({ prompt, login, password: 'x' });
  }
  throw new Error('The provider sends people in circles');
}

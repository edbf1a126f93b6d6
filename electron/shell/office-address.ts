/** The scheme the screens are served under: nothing on the network can answer for it. */
export const officeScheme = 'app';

export const officeAddress = `${officeScheme}://antin/`;

/** Whether an address is a page of this office and of no other place. */
export function isOfficeAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, host } = new URL(address);
  return protocol === `${officeScheme}:` && host === 'antin';
}

/** Whether an address is an OpenID request that comes back to this very machine (RFC 8252 7.3), and nothing else. */
export function isSignInAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, searchParams: asks, username, password } = new URL(address);
  const isSafe =
    protocol === 'https:' || (protocol === 'http:' && (hostname === '127.0.0.1' || hostname === 'localhost'));
  return (
    isSafe &&
    username + password === '' &&
    asks.get('response_type') === 'code' &&
    asks.get('code_challenge_method') === 'S256' &&
    /^http:\/\/127\.0\.0\.1:\d+\/$/u.test(asks.get('redirect_uri') ?? '')
  );
}

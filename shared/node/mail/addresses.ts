/** One mailbox as programmes write it into `To`: nothing quoted, nothing international (RFC 5321 4.1.2, in part). */
const address = /[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[a-z0-9](?:[a-z0-9-]{0,62}\.)+[a-z]{2,24}/iu;
const whole = new RegExp(`^${address.source}$`, 'iu');

export function isMailAddress(text: string): boolean {
  return whole.test(text) && text.length <= 254;
}

/** The first e-mail address in what somebody wrote down about an agency; null where there is none. */
export function mailAddressIn(text: string | null): string | null {
  const found = text?.match(address)?.[0] ?? null;
  return found !== null && isMailAddress(found) ? found : null;
}

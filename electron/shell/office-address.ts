/** The scheme the screens are served under: nothing on the network can answer for it. */
export const officeScheme = 'app';

export const officeAddress = `${officeScheme}://antin/`;

/** Whether an address is a page of this office and of no other place. */
export function isOfficeAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, host } = new URL(address);
  return protocol === `${officeScheme}:` && host === 'antin';
}

/**
 * The address of a conference service in the words of a meeting's place ("Phòng 2; https://hop.tinh.gov.vn/123"), which
 * is opened beside the office; null where there is none. Only over TLS, and with no password in it.
 */
export function conferenceAddress(place: string): string | null {
  const found = /https:\/\/[^\s<>"']+/iu.exec(place)?.[0].replace(/[.,;)]+$/u, '') ?? '';
  return isOutsideAddress(found) ? found : null;
}

/** Whether an address may be opened in the person's own browser once the person has agreed to it. */
export function isOutsideAddress(address: string): boolean {
  return /^https:\/\/[\p{L}\d.:[\]-]+(?:[/?#]\S*)?$/iu.test(address);
}

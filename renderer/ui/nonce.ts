/** The page's style nonce, put there by whoever serves it; also handed to libraries that look for it globally. */
export function pageNonce(): string {
  const meta = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]');
  const nonce = meta === null ? '' : meta.nonce || (meta.getAttribute('nonce') ?? '');
  // react-style-singleton, behind every dialog, asks for it under webpack's old name.
  Reflect.set(globalThis, '__webpack_nonce__', nonce);
  return nonce;
}

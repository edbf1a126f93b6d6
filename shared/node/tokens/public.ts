export { installedModules } from './modules.ts';
export type { PinState, Token, TokenCertificate } from './token-calls.ts';
export { openTokens, type TokenKey, type Tokens } from './token-client.ts';

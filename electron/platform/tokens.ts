import { installedModules, openTokens, type Token, type Tokens } from '#shared/node/tokens/public.ts';

const readers = new Map<string, Tokens>();

/** A token in a reader of this machine, and the process that reaches it. */
export type TokenHere = Readonly<{ token: Token; tokens: Tokens }>;

/** Every token in every reader whose software is installed; one whose software fails is left out, not the others. */
export async function tokensHere(): Promise<readonly TokenHere[]> {
  const found = installedModules().map(async (path): Promise<TokenHere[]> => {
    const tokens = readers.get(path) ?? openTokens(path);
    readers.set(path, tokens);
    return (await tokens.list().catch(() => [])).map((token) => ({ token, tokens }));
  });
  return (await Promise.all(found)).flat();
}

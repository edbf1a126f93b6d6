import { QueryCache, QueryClient } from '@tanstack/react-query';
import { AppError } from '#shared/kernel/public.ts';

/** Local answers do not grow stale by themselves: the core says when something changed. */
export function newQueryClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        // The core ended the session: whatever was asked, the answer is to sign in.
        if (!(error instanceof AppError) || error.code !== 'session.not-signed-in') return;
        void client.invalidateQueries({ queryKey: ['session'], exact: true });
      },
    }),
    defaultOptions: {
      queries: { staleTime: Infinity, retry: false, networkMode: 'always', refetchOnWindowFocus: false },
      mutations: { retry: false, networkMode: 'always' },
    },
  });
  return client;
}

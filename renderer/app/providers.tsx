import { QueryClientProvider, type QueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { WorkingCalendar } from '#shared/kernel/public.ts';
import { AppearanceProvider } from '../ui/appearance.tsx';
import { CommandsProvider } from '../ui/commands.tsx';
import { MomentProvider } from '../ui/moment-context.tsx';
import { Toasts } from '../ui/toasts.tsx';
import { LanguageProvider } from './language.tsx';
import { RouterProvider } from './router.tsx';

type ProvidersProps = Readonly<{
  queryClient: QueryClient;
  nonce: string;
  calendar: WorkingCalendar;
  clock: () => number;
  children: ReactNode;
}>;

/** Everything the screens stand in: words, looks, time, queries, addresses, commands, notices. */
export function Providers({ queryClient, nonce, calendar, clock, children }: ProvidersProps) {
  return (
    <QueryClientProvider client={queryClient}>
      <LanguageProvider>
        <AppearanceProvider nonce={nonce}>
          <MomentProvider calendar={calendar} clock={clock}>
            <RouterProvider>
              <CommandsProvider>
                {children}
                <Toasts />
              </CommandsProvider>
            </RouterProvider>
          </MomentProvider>
        </AppearanceProvider>
      </LanguageProvider>
    </QueryClientProvider>
  );
}

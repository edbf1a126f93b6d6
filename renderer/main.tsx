import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { Providers } from './app/providers.tsx';
import { newQueryClient } from './app/query-client.ts';
import { workingCalendar } from './app/working-calendar.ts';
import { SignInPage } from './features/session/sign-in-page.tsx';
import { pageNonce } from './ui/nonce.ts';
import './ui/styles.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');

createRoot(root).render(
  <Providers queryClient={newQueryClient()} nonce={pageNonce()} calendar={workingCalendar} clock={Date.now}>
    <App signIn={<SignInPage />} />
  </Providers>,
);

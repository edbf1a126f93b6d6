/// <reference types="vite/client" />
import { createRoot } from 'react-dom/client';
import { newQueryClient } from '#renderer/app/query-client.ts';
import { Providers } from '#renderer/app/providers.tsx';
import { pageNonce } from '#renderer/ui/nonce.ts';
import '#renderer/ui/styles.ts';
import { Gallery } from './gallery.tsx';
import { galleryNow } from './letters.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('no root');
createRoot(root).render(
  <Providers
    queryClient={newQueryClient()}
    nonce={pageNonce()}
    calendar={{ holidays: [], extraWorkingDays: [] }}
    clock={() => Date.parse(galleryNow)}
  >
    <Gallery />
  </Providers>,
);

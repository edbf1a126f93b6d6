import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';

const top = resolve(import.meta.dirname, '../..');

/** Builds the gallery of components into `out/gallery`: `npx vite build -c tests/gallery/vite.config.ts`. */
export default {
  root: top,
  base: '/',
  plugins: [react()],
  html: { cspNonce: '__NONCE__' },
  build: {
    outDir: resolve(top, 'out/gallery'),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 4096,
    rollupOptions: { input: resolve(top, 'tests/gallery/index.html') },
  },
};

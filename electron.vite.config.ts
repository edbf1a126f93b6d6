import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';

const here = (path: string) => resolve(import.meta.dirname, path);

/**
 * Bundling moves code to `out/main`, but a module that looks for `resources` beside itself must find it all the
 * same: every place it asks for is written as its place in the sources.
 */
function keepPlaces(): Plugin {
  return {
    name: 'keep-places',
    enforce: 'pre',
    transform(code, id) {
      if (!code.includes('import.meta.dirname') || id.includes('node_modules')) return null;
      const place = relative(import.meta.dirname, dirname(id)).replaceAll('\\', '/');
      const kept = `(import.meta.dirname + ${JSON.stringify(`/../../${place}`)})`;
      return { code: code.replaceAll('import.meta.dirname', kept), map: null };
    },
  };
}

/** One configuration: electron-vite reads all three parts, the browser host builds only `renderer` with plain Vite. */
export default {
  main: {
    plugins: [keepPlaces()],
    build: {
      outDir: here('out/main'),
      sourcemap: true,
      rollupOptions: {
        input: { main: here('electron/main.ts'), core: here('electron/core.ts') },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: here('out/preload'),
      // A sandboxed preload may only be CommonJS.
      rollupOptions: {
        input: { preload: here('electron/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: here('renderer'),
    base: '/',
    plugins: [react(), pdfjsFiles(), rooted()],
    // Each host puts a fresh value in place of this mark whenever it serves the page.
    html: { cspNonce: '__NONCE__' },
    worker: { format: 'es' },
    build: {
      outDir: here('out/renderer'),
      emptyOutDir: true,
      target: 'chrome140',
      modulePreload: { polyfill: false },
      // The content security policy allows no data: scripts or fonts, so nothing is inlined.
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 4096,
      rollupOptions: { input: here('renderer/index.html') },
    },
  },
};

/**
 * Files are asked for from the root: a page deep inside, such as `/van-ban-den/<id>`, is loaded anew as well.
 * electron-vite turns the base into `./` on its own, so it is set once more after it.
 */
function rooted(): Plugin {
  return { name: 'rooted', enforce: 'post', config: () => ({ base: '/' }) };
}

/** The decoders, character maps and fonts pdf.js asks for by name, under `/pdfjs/`; its script engine stays out. */
function pdfjsFiles() {
  return {
    name: 'pdfjs-files',
    generateBundle(this: {
      emitFile: (file: { type: 'asset'; fileName: string; source: Uint8Array }) => string;
    }) {
      for (const folder of ['wasm', 'cmaps', 'standard_fonts', 'iccs']) {
        const from = here(join('node_modules/pdfjs-dist', folder));
        for (const name of readdirSync(from).filter((file) => !file.startsWith('quickjs'))) {
          this.emitFile({
            type: 'asset',
            fileName: `pdfjs/${folder}/${name}`,
            source: readFileSync(join(from, name)),
          });
        }
      }
    },
  };
}

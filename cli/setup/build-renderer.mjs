// Runs on the project's Node: builds only the screens, from the same configuration electron-vite uses.
import { build, mergeConfig } from 'vite';

const { default: config } = await import(new URL('../../electron.vite.config.ts', import.meta.url).href);

await build(mergeConfig({ configFile: false, logLevel: 'warn', mode: 'production' }, config.renderer));

import type { Feature } from './feature.ts';

/** Every page of the office, in the order of the rail; each room contributes its own. */
export const features: readonly Feature[] = [];

/** The list the screen tests are generated from. */
export const routes = features.map(({ id, path, roles, screens }) => ({ id, path, roles, screens }));

export { dossiersProjection } from './projection.ts';

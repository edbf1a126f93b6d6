export type { AgencyLog, KeptItem } from './agency-log.ts';
export * from './server.ts';
export * from './sqlite-agency-log.ts';

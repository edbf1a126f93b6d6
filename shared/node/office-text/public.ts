export { officeMark } from './office-mark.ts';
export { readOfficeHead } from './read-office-head.ts';

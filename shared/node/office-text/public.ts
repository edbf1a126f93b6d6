export { officeMark } from './office-mark.ts';

export { askOverHttp } from './ask-over-http.ts';

export { askOverHttp } from './ask-over-http.ts';
export { packedJson, packJson, unpackJson } from './packed-json.ts';

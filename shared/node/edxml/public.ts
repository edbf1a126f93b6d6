export { connectionNamed, nameOfKind } from './connection-tables.ts';
export type { ContentSink } from './base64-content.ts';
export type { Note } from './fault.ts';
export { judgeMessageSignature, type MessageSignatureReport } from './judge-signature.ts';
export { openMessageReader, readMessage, type ReadMessage } from './read-message.ts';
export { signMessage } from './sign-message.ts';
export { writeMessage, type ContentOf } from './write-message.ts';
export { contentOf, type Content } from './unwrap.ts';
export { zipped } from './zip-wrap.ts';

export type { ContentSink } from './base64-content.ts';
export type { Note } from './fault.ts';
export { judgeMessageSignature, type MessageSignatureReport } from './judge-signature.ts';
export { openMessageReader, readMessage, type ReadMessage } from './read-message.ts';
export { writeMessage } from './write-message.ts';

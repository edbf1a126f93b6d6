import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';

/** JSON packed (RFC 8878) against the words below: another choice of words is another number, and a desk falls back to plain JSON where a server does not know it. */
export const packedJson = 'application/vnd.antin.json.1+zstd';

/**
 * What one act of a desk is made of apart from its own content, the commonest last. Alone it is half of what is sent; it never
 * changes under its number.
 */
const words = Buffer.from(
  [
    '"versions":[],"circuit":[],"people":["],"reason":","words":null,"outcome":"conclusion":null,"meetingId":"',
    '"level":"restricted","sealedAttachments":[],"attachments":[],"proofs":[],"recipients":[],"copies":1,',
    '"drafting.describe","drafting.nameCoWriters","drafting.addAttachment","drafting.abandon","workflow.withdraw",',
    '"workflow.assign","workflow.report","workflow.complete","documents.prove","dossiers.addDocument","exchange.send",',
    '"name":"workflow.submit","steps":[{"id":"019c29ab-","kind":"initials","person":"019b76e9-","authority":null,"delegation":null},{"id":"","kind":"sign","person":"',
    '"content":"","file":{"hash":"","size":","name":"van-ban.pdf","pages":1},"hasScript":false,"suggestion":{"fields":{},"confidence":{},"method":"none"},"check":{"verdict":"valid","reasons":[],"signers":[],"at":"2026-',
    '"name":"documents.receive","name":"documents.registerIncoming","fields":{"number":"","symbol":"UBND-VP","issuedOn":"2026-11-20","issuer":"Ủy ban nhân dân tỉnh","kind":"Công văn","subject":"về việc ","signer":"","signerPost":"Phó Chủ tịch","urgency":"normal","dueOn":null,"copies":1,"note":""},"presentTo":"019b76e9-',
    '{"version":1,"agencyId":"019b76e9-","device":"019bee10-","known":{},"limit":500,"snapshots":true}',
    '{"version":1,"agencyId":"019b76e9-',
    '-7000-8000-',
    '","device":"019bee10-',
    '","commands":[{"dseq":2,"command":{"id":"019c29ab-',
    '","name":"drafting.start","actor":"019b76e9-',
    '","onBehalfOf":null,"claimedAt":"2026-11-23T02:12:42.603Z","body":{"documentId":"019b7726-',
    '","summary":{"kind":"CV","template":"cong-van","subject":"về việc báo cáo","symbol":"SKHCN-VP","urgency":"normal","dueOn":null},"repliesTo":null}},"signature":"=="}]}',
  ].join(''),
);

/** Packs the bytes of one JSON text. */
export function packJson(bytes: Uint8Array): Buffer {
  return zstdCompressSync(bytes, { dictionary: words });
}

/** The bytes as they were before; throws where they are not packed so, or are more than `most` bytes. */
export function unpackJson(bytes: Uint8Array, most: number): Buffer {
  return zstdDecompressSync(bytes, { dictionary: words, maxOutputLength: most });
}

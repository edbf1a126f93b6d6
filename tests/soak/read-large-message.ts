// Reads one message with an attachment of as many MiB as asked for, made on the way, and says how long it took and how
// much memory the process had at most. `rows`: base64 in lines of 76 with `&#13;`; `signed`: with a signature to digest for.
import { openMessageReader } from '#shared/node/edxml/public.ts';
import { aDocumentMessage, paper, written } from '../support/edxml/messages.ts';

const [size = '200', kind = 'bare'] = process.argv.slice(2);
const content = paper.toString('base64');
const xml = written(aDocumentMessage()).toString('utf8');
const signature = `<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><SignedInfo>
<CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/>
<SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/><Reference URI=""><Transforms>
<Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/>
<Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/></Transforms>
<DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><DigestValue>AAAA</DigestValue></Reference>
</SignedInfo><SignatureValue>AAAA</SignatureValue></Signature>`;
const signed =
  kind === 'signed' ? xml.replace('</edXML:edXMLHeader>', () => `${signature}</edXML:edXMLHeader>`) : xml;
const [before = '', after = ''] = signed.split(content);
const piece = Buffer.alloc(1024 * 1024 - 1, '%PDF-1.7 ').toString('base64');
const block = Buffer.from(kind === 'rows' ? piece.replaceAll(/.{76}/g, (row) => `${row}&#13;\n`) : piece);

const startedAt = performance.now();
const reader = openMessageReader({ sinkFor: () => ({ write: () => undefined, end: () => undefined }) });
reader.write(Buffer.from(before));
const step = 256 * 1024;
for (let count = 0; count < Number(size); count += 1) {
  for (let at = 0; at < block.length; at += step) reader.write(block.subarray(at, at + step));
}
reader.write(Buffer.from(after));
const { message, signature: found } = reader.end();
if (message.kind !== 'document' || message.attachments[0]?.size !== Number(size) * (1024 * 1024 - 1)) {
  throw new Error('read something else');
}
if (kind === 'signed' && found?.isDigestRight !== false) throw new Error('nothing was digested');
const ms = performance.now() - startedAt;
process.stdout.write(JSON.stringify({ ms, rss: process.resourceUsage().maxRSS * 1024 }));

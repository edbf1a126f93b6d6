import { readdirSync, readFileSync } from 'node:fs';
import { corpusPath } from '../corpus.ts';
import { catalogueOf } from '../sentences.ts';
import { signedAt, signingOffice } from '../signing-office.ts';
import { aDocumentMessage, aStatusMessage, written } from './messages.ts';
import type { MessageStage } from './play.ts';
import { inclusive, signXml, xmlSigner } from './signed.ts';

/** Small messages of ours, signed and bare, and the axis's answers; the large samples would only be slow. */
export function messageStage(): MessageStage {
  const office = signingOffice();
  const signer = xmlSigner(office);
  const document = written(aDocumentMessage()).toString('utf8');
  const status = written(aStatusMessage()).toString('utf8');
  const answers = readdirSync(corpusPath('edxml')).filter((name) => name.startsWith('status'));
  return {
    messages: [
      Buffer.from(document),
      Buffer.from(signXml(document, signer)),
      Buffer.from(
        signXml(document, signer, { canonicalization: inclusive, transform: inclusive, prefix: 'ds' }),
      ),
      Buffer.from(signXml(status, signer)),
      ...answers.map((name) => readFileSync(corpusPath('edxml', name))),
    ],
    trust: [office.ca.certificateDer],
    at: signedAt,
    sentences: catalogueOf('vi'),
  };
}

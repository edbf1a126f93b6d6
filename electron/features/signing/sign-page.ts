import { signField, type SignerKey } from '#shared/node/pdf-signing/public.ts';
import type { Signed } from '../../host/context.ts';
import { pictureFor } from './pictures.ts';
import { withSigningKey, type KeyAsked } from './signing-keys.ts';
import { stampAtOnce } from './time-stamps.ts';

type Signing = Readonly<{ pdf: Uint8Array; field: string }> & Omit<KeyAsked, 'use'>;

/** A person's own signature in a field of a page that is no paper of the office's, such as minutes of a hand-over. */
export async function signPage(signed: Signed, { pdf, field, ...asked }: Signing): Promise<Uint8Array> {
  const sign = (key: SignerKey): Promise<Uint8Array> =>
    signField({
      pdf,
      field,
      key,
      signedAt: signed.open.desk.now(),
      signerName: signed.person.name,
      appearance: { png: pictureFor(signed, 'person', signed.person.name) },
      ...stampAtOnce(signed),
    });
  return withSigningKey(signed, { use: 'person', ...asked }, sign);
}

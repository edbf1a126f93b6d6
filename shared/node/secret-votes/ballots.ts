import {
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  hkdfSync,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';
import { promisify } from 'node:util';
import { canonicalJson, type PersonId, type VoteId } from '../../kernel/public.ts';
import type { Choice, SecretBallot } from '../../meetings/public.ts';
import {
  blind,
  blindSign,
  finalize,
  isSigned,
  numberOf,
  prefixBytes,
  readBlindKey,
  saltBytes,
} from './blind-rsa.ts';

const keyBits = 3072; // as strong as SHA-256 and Ed25519 are (NIST SP 800-57)

export type VoteKey = Readonly<{
  /** Base64 DER, SubjectPublicKeyInfo: stands in the log. */
  publicKey: string;
  /** PKCS#8 PEM: with the server alone, and gone once the box is open. */
  privateKey: string;
}>;

/** A key for one vote; nothing signed for another one counts in it. */
export async function makeVoteKey(): Promise<VoteKey> {
  const { publicKey, privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: keyBits });
  return {
    publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
    privateKey: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
  };
}

/** The token a voter has a right to, still blind: the same each time it is asked for. */
export function signToken(privateKey: string, blinded: string): string | null {
  const signature = blindSign(createPrivateKey(privateKey), Buffer.from(blinded, 'base64'));
  return signature === null ? null : Buffer.from(signature).toString('base64');
}

export type Voting = Readonly<{
  vote: VoteId;
  /** Whose vote it is: who holds a proxy has a token for each. */
  voter: PersonId;
  publicKey: string;
  /** What only this voter has, and has again after their desk fell over: everything below comes from it. */
  secret: Uint8Array;
}>;

/** A voter's half of a secret vote: what they ask to have signed, and the ballot made from what comes back. */
export function secretVoter({ vote, voter, publicKey, secret }: Voting) {
  const key = readBlindKey(Buffer.from(publicKey, 'base64'));
  const derive = (what: string, length: number): Buffer =>
    Buffer.from(hkdfSync('sha512', secret, 'antin secret vote 1', `${vote}\n${voter}\n${what}`, length));
  const ballotKey = keyFromSeed(derive('ballot', 32));
  const serial = serialOf(createPublicKey(ballotKey));
  const prefix = derive('prefix', prefixBytes);
  const prepared = preparedToken(vote, serial, prefix);
  // Sixteen bytes more than the modulus has: what is left over favours no number (FIPS 186-5 A.2.1).
  const r = (numberOf(derive('blinding', key.bytes + 16)) % (key.n - 1n)) + 1n;
  const { blinded, inverse } = blind(key, prepared, { salt: derive('salt', saltBytes), r });
  return {
    serial,
    blinded: Buffer.from(blinded).toString('base64'),
    /** Null when what came back is not this vote's signature. */
    ballot: (blindSignature: string, choice: Choice): SecretBallot | null => {
      const token = finalize(key, prepared, Buffer.from(blindSignature, 'base64'), inverse);
      if (token === null) return null;
      return {
        serial,
        prefix: prefix.toString('base64'),
        token: Buffer.from(token).toString('base64'),
        choice,
        signature: sign(null, choiceText(vote, serial, choice), ballotKey).toString('base64'),
      };
    },
  };
}

/** Whether a ballot may lie in a vote's box: its serial was signed for this vote, and its choice by the serial. */
export function isBallotOf(vote: VoteId, publicKey: string, ballot: SecretBallot): boolean {
  const { serial, prefix, token, choice, signature } = ballot;
  const { key } = readBlindKey(Buffer.from(publicKey, 'base64'));
  const prepared = preparedToken(vote, serial, Buffer.from(prefix, 'base64'));
  const raw = Buffer.from(serial, 'base64url');
  // Written in one way only: nothing that is not a key comes to OpenSSL.
  if (raw.length !== 32 || raw.toString('base64url') !== serial) return false;
  if (!isSigned(key, prepared, Buffer.from(token, 'base64'))) return false;
  const by = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: serial }, format: 'jwk' });
  return verify(null, choiceText(vote, serial, choice), by, Buffer.from(signature, 'base64'));
}

function preparedToken(vote: VoteId, serial: string, prefix: Uint8Array): Buffer {
  return Buffer.concat([prefix, Buffer.from(`antin token 1\n${vote}\n${serial}`)]);
}

function choiceText(vote: VoteId, serial: string, choice: Choice): Buffer {
  return Buffer.from(`antin choice 1\n${vote}\n${serial}\n${canonicalJson(choice)}`);
}

function serialOf(key: KeyObject): string {
  return key.export({ format: 'jwk' }).x ?? '';
}

/** RFC 8410: an Ed25519 key is its seed after these bytes. */
function keyFromSeed(seed: Uint8Array): KeyObject {
  const head = Buffer.from('302e020100300506032b657004220420', 'hex');
  return createPrivateKey({ key: Buffer.concat([head, seed]), format: 'der', type: 'pkcs8' });
}

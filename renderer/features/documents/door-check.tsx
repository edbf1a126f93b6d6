import type { DoorCheck } from '#shared/documents/public.ts';
import { foldText } from '../../ui/fold.ts';
import { Note } from '../../ui/gate.tsx';
import { ProofMark } from '../../ui/marks.tsx';
import { formatExact } from '../../ui/moments.ts';
import { TextField } from '../../ui/text-field.tsx';
import { useWords } from '../../ui/use-words.ts';
import { proofOf } from './proof-of.ts';

type DoorCheckSaidProps = Readonly<{
  check: DoorCheck;
  /** Who signed, as the register is about to say. */
  signer: string;
  despite: string;
  onDespite: (reason: string) => void;
  asked: boolean;
}>;

/** What checking the signatures said when the file came, before it is registered (NĐ 30 Đ21). */
export function DoorCheckSaid({ check, signer, despite, onDespite, asked }: DoorCheckSaidProps) {
  const words = useWords();
  const { verdict, reasons, signers, at } = check;
  const isInvalid = verdict === 'invalid';
  return (
    <>
      <Note tone={verdict === 'valid' || verdict === 'unsigned' ? 'plain' : 'soon'}>
        {verdict === 'unsigned' ? (
          <p>{words('door.unsigned')}</p>
        ) : (
          <>
            <ProofMark proof={proofOf(verdict)} label={words(`door.${verdict}`)} />
            <p>{words('door.signers', { signers: signers.join('; '), at: formatExact(at) })}</p>
          </>
        )}
        {reasons.map((reason) => (
          <p key={reason}>{words(`reason.${reason}`)}</p>
        ))}
        {isInvalid && <p>{words('door.invalid.help')}</p>}
        {!isInvalid && isAnother(signer, signers) && <p>{words('door.other-signer', { signer })}</p>}
      </Note>
      {isInvalid && (
        <TextField
          label={words('door.despite')}
          value={despite}
          onChange={onDespite}
          required
          rows={2}
          maxLength={500}
          error={asked && despite.trim() === '' ? words('door.despite.missing') : null}
        />
      )}
    </>
  );
}

/** The page names one signer, and none of the certificates is theirs; titles before a name do not count. */
function isAnother(signer: string, signers: readonly string[]): boolean {
  const named = foldText(signer);
  return named !== '' && signers.length > 0 && !signers.some((one) => foldText(one).includes(named));
}

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { PersonIdSchema } from '#shared/kernel/public.ts';
import {
  NewPinSchema,
  type CertificateHolder,
  type CertificateView,
  type certificateYears,
} from '#shared/signing/public.ts';
import { accepted, core, newCommandId } from '../../../app/client.ts';
import { sentenceOf } from '../../../ui/sentence-of.ts';
import { toast } from '../../../ui/toasts.tsx';
import { useWords } from '../../../ui/use-words.ts';
import { directoryKey } from '../../directory/public.ts';
import { saveFile } from './save-file.ts';
import { authorityKey } from './use-authority.ts';

type IssueForm = Readonly<{
  /** A person's id, or `seal`. */
  holder: string | null;
  years: (typeof certificateYears)[number];
  pin: string;
  again: string;
  keepHere: boolean;
  saveFile: boolean;
}>;

/** A certificate being issued: what is filled in, what is missing, and the file handed out at the end. */
export function useIssuing(renewed: CertificateView | null, onIssued: (serial: string) => void) {
  const words = useWords();
  const client = useQueryClient();
  const [form, setForm] = useState<IssueForm>({
    holder: renewed === null ? null : idOf(renewed.holder),
    years: 3,
    pin: '',
    again: '',
    keepHere: true,
    saveFile: false,
  });
  const [asked, setAsked] = useState(false);
  const issuing = useMutation({
    mutationFn: async (holder: CertificateHolder) => {
      const { reply, file } = await core.authority.issue({
        commandId: newCommandId(),
        holder,
        renews: renewed?.serial ?? null,
        years: form.years,
        pin: form.pin,
        keepHere: form.keepHere,
      });
      const serial = accepted(reply).acts.find(({ type }) => type === 'certificateIssued')?.on.id ?? '';
      if (form.saveFile && file !== null) {
        saveFile(await file.arrayBuffer(), { name: `${serial}.p12`, type: 'application/x-pkcs12' });
      }
      await Promise.all([
        client.invalidateQueries({ queryKey: authorityKey }),
        client.invalidateQueries({ queryKey: directoryKey }),
      ]);
      return serial;
    },
    onSuccess: (serial) => {
      toast({ text: words(renewed === null ? 'certificates.issue.done' : 'certificates.renew.done') });
      onIssued(serial);
    },
  });
  const isShort = !NewPinSchema.safeParse(form.pin).success;
  const differs = form.pin !== form.again;
  const isKept = form.keepHere || form.saveFile;
  const isWhole = form.holder !== null && !isShort && !differs && isKept;
  return {
    form,
    change: (part: Partial<IssueForm>): void => {
      setForm((before) => ({ ...before, ...part }));
      issuing.reset();
    },
    faults: {
      holder: asked && form.holder === null ? words('certificates.holder.missing') : null,
      pin: asked && isShort ? words('certificates.pin.short') : null,
      again: differs && (asked || form.again !== '') ? words('certificates.pin.differs') : null,
      kept: asked && !isKept ? words('certificates.keep.nowhere') : null,
    },
    busy: issuing.isPending,
    error: issuing.isError ? sentenceOf(issuing.error, words) : null,
    submit: (): void => {
      setAsked(true);
      if (isWhole && form.holder !== null && !issuing.isPending) issuing.mutate(holderOf(form.holder));
    },
  };
}

function idOf(holder: CertificateHolder): string {
  return holder.use === 'person' ? holder.person : holder.use;
}

function holderOf(id: string): CertificateHolder {
  return id === 'seal' ? { use: 'seal' } : { use: 'person', person: PersonIdSchema.parse(id) };
}

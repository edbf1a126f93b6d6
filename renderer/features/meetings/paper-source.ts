import type { AgendaItemId } from '#shared/kernel/public.ts';
import type { Paper } from '#shared/meetings/public.ts';
import { core } from '../../app/client.ts';
import type { RangeSource } from '../../ui/pdf-file.ts';

type Version = Readonly<{ item: AgendaItemId; paper: Paper['id']; n: number; size: number }>;

/** One version of a paper, read in ranges as it is looked at. */
export function paperSource({ item, paper, n, size }: Version): RangeSource {
  return {
    size,
    read: async (offset, length) => {
      const { bytes } = await core.meetings.readPaper({ itemId: item, paper, n, offset, length });
      return new Uint8Array(await bytes.arrayBuffer());
    },
  };
}

import { z } from 'zod';
import { PersonIdSchema, defineCommand, ref, refuse } from '../kernel/public.ts';
import { personAggregate } from '../directory/public.ts';
import { whyNotClerk } from '../documents/public.ts';
import { fileListAggregate } from './aggregates.ts';
import { ListEntrySchema, fileListId, mostEntries } from './model.ts';

const YearSchema = z.int().min(1945).max(2200);

/** Writes the danh mục of a year as it stands from now on; the head approves it after every change (NĐ 30 Đ28). */
export const writeList = defineCommand({
  name: 'dossiers.writeList',
  body: z.object({ year: YearSchema, entries: z.array(ListEntrySchema).min(1).max(mostEntries) }),
  reads: ({ year }) => [ref('fileList', fileListId(year))],
  decide: ({ body: { year, entries }, states, ctx }) => {
    const clerk = whyNotClerk(states.of(personAggregate, ctx.actor));
    if (clerk !== null) return clerk;
    const codes = new Set<string>();
    for (const { code } of entries) {
      if (codes.has(code)) return refuse('dossiers.code-twice', { code });
      codes.add(code);
    }
    return [{ type: 'fileListWritten', on: ref('fileList', fileListId(year)), body: { year, entries } }];
  },
});

/** NĐ 30 Đ28: the head of the agency approves it, and it is in force from then on. */
export const approveList = defineCommand({
  name: 'dossiers.approveList',
  body: z.object({ year: YearSchema, lines: z.int().min(1) }),
  reads: ({ year }) => [ref('fileList', fileListId(year))],
  decide: ({ body: { year, lines }, states, ctx }) => {
    const actor = states.of(personAggregate, ctx.actor);
    if (!actor?.roles.includes('leader')) return refuse('dossiers.only-leader-approves');
    const list = states.of(fileListAggregate, fileListId(year));
    if (list === null || list.entries.length === 0) return refuse('dossiers.list-empty', { year });
    if (list.approved !== null) return refuse('dossiers.list-approved-already', { year });
    // What was read is what is approved: a line that came in between is read first.
    if (list.entries.length !== lines) return refuse('dossiers.list-changed', { year });
    const body = { by: PersonIdSchema.parse(ctx.actor), at: ctx.recordedAt };
    return [{ type: 'fileListApproved', on: ref('fileList', fileListId(year)), body }];
  },
});

import { defineCommand, ref } from '../kernel/public.ts';
import { RetentionSettingsSchema } from './retention.ts';

/** Sets how the agency counts terms, and its own rules beside the schedule that comes along. */
export const arrangeRetention = defineCommand({
  name: 'dossiers.arrangeRetention',
  body: RetentionSettingsSchema,
  reads: (_body, ctx) => [ref('retention', ctx.agencyId)],
  decide: ({ body, ctx }) => [{ type: 'retentionArranged', on: ref('retention', ctx.agencyId), body }],
});

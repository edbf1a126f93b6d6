import { z } from 'zod';

export const aggregateKinds = [
  'agency',
  'unit',
  'person',
  'delegation',
  'register',
  'document',
  'task',
  'authority',
  'certificate',
  'invitation',
  'device',
  'peer',
  'consignment',
  'delivery',
  'fileList',
  'dossier',
  'lock',
  'retention',
  'disposal',
  'handOver',
  'accessLog',
  'stamps',
  'reading',
  'meetingBody',
  'meeting',
  'agendaItem',
  'vote',
  'proposal',
] as const;
export const AggregateKindSchema = z.enum(aggregateKinds);
export type AggregateKind = z.infer<typeof AggregateKindSchema>;

export type AggregateRef = Readonly<{ kind: AggregateKind; id: string }>;

/** Something that happened to one aggregate. Acts are never changed; a mistake is answered by a counter-act. */
export type Act = Readonly<{ type: string; on: AggregateRef; body: unknown }>;

/** How the acts of one kind of thing fold into its state. */
export type Aggregate<State, KindAct extends Act> = Readonly<{
  kind: AggregateKind;
  evolve: (state: State | null, act: KindAct) => State;
}>;

export function ref(kind: AggregateKind, id: string): AggregateRef {
  return { kind, id };
}

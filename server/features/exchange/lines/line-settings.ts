import { z } from 'zod';
import { LineAddressSchema, type Connection } from '#shared/exchange/public.ts';
import { AppError } from '#shared/kernel/public.ts';
import { connectionNamed } from '#shared/node/edxml/public.ts';
import type { Kept } from '../../../data/kept.ts';
import { AxisSchema } from './axis-settings.ts';
import { fileDrop } from './file-drop.ts';
import { httpAxis } from './http-axis.ts';
import type { Transport } from './transport.ts';

const FilesSchema = z.strictObject({ kind: z.literal('files'), folder: z.string().min(1) });

/** One line that speaks edXML, as whoever runs the server sets it up. */
export const LineSchema = z.strictObject({
  id: LineAddressSchema.shape.id,
  name: z.string().trim().min(1).max(100),
  /** Which code tables it uses: an entry of `resources/catalogues/edxml-connections.json`. */
  tables: z.string(),
  /** Signs what goes out with the key the server answers with. */
  sign: z.boolean().default(true),
  /** Puts every attachment into a zip of its own, as the samples of the national axis do. */
  zip: z.boolean().default(false),
  /** Takes nothing whose signature is not proven good. */
  mustBeSigned: z.boolean().default(false),
  pollSeconds: z.number().min(1).max(3600).default(60),
  transport: z.discriminatedUnion('kind', [FilesSchema, AxisSchema]),
});
export type Line = Readonly<z.infer<typeof LineSchema>>;

/** The same with its code table: who is on it, and as what; the first code is the one that is written. */
export const LineFileSchema = LineSchema.extend({
  agencies: z
    .array(z.strictObject({ name: z.string().trim().min(1).max(200), codes: LineAddressSchema.shape.codes }))
    .max(2000),
});
export type LineFile = z.infer<typeof LineFileSchema>;

const keptAs = 'edxml lines';

/** In the server's own encrypted file: an axis's settings hold its secret. */
export function readLines(kept: Kept): readonly Line[] {
  const text = kept.get(keptAs);
  return text === null ? [] : z.array(LineSchema).parse(JSON.parse(text));
}

export function keepLineSettings(kept: Kept, line: Line): void {
  const others = readLines(kept).filter(({ id }) => id !== line.id);
  kept.set(keptAs, JSON.stringify([...others, line]));
}

export function transportOf({ transport }: Pick<Line, 'transport'>): Transport {
  return transport.kind === 'files' ? fileDrop(transport.folder) : httpAxis(transport);
}

export function tablesOf({ tables }: Pick<Line, 'tables'>): Connection {
  return connectionNamed(tables);
}

export function lineNamed(lines: readonly Line[], id: string): Line {
  const found = lines.find((line) => line.id === id);
  if (found === undefined) throw new AppError('line.unknown', { id });
  return found;
}

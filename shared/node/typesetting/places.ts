import { z } from 'zod';
import type { NodeTypstDocument } from '@myriaddreamin/typst-ts-node-compiler';
import { compiler } from './compiler.ts';
import type { FieldPlace } from './form-fields.ts';

const PlacesSchema = z.array(
  z.object({
    name: z.string(),
    label: z.string(),
    page: z.int(),
    x: z.number(),
    y: z.number(),
    width: z.number(),
    height: z.number(),
    align: z.enum(['left', 'right']),
  }),
);

/** The places a layout left for fields. */
export function placesIn(document: NodeTypstDocument): readonly FieldPlace[] {
  return PlacesSchema.parse(compiler().query(document, { selector: '<field>', field: 'value' }));
}

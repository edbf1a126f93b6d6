/** Gives the sentence of a key in the catalogue, with its `{{values}}` filled in. */
export type Words = (key: string, values?: Readonly<Record<string, string | number>>) => string;

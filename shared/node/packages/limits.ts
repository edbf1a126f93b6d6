/** How much of a package is taken in; a province's largest dossier comes nowhere near, whoever attacks meets a wall. */
export type Limits = Readonly<{
  mostEntries: number;
  /** Everything together, unpacked. */
  mostBytes: number;
  /** How many times larger than packed one large entry, or everything, may be; DEFLATE reaches 1032. */
  mostRatio: number;
  /** An entry from this size on is judged by its ratio. */
  ratioFromBytes: number;
  /** A METS or PREMIS of a large dossier has tens of megabytes. */
  mostXmlBytes: number;
  mostFieldsBytes: number;
  /** One tag, text or comment. */
  mostTokenChars: number;
  mostDepth: number;
  mostFindings: number;
}>;

const mebi = 1024 * 1024;

export const usualLimits: Limits = {
  mostEntries: 2_000_000,
  mostBytes: 4 * mebi * mebi,
  mostRatio: 200,
  ratioFromBytes: mebi,
  mostXmlBytes: 2048 * mebi,
  mostFieldsBytes: mebi,
  mostTokenChars: mebi,
  mostDepth: 40,
  mostFindings: 1000,
};

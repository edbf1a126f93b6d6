/** How much of a message is taken in; whoever writes one by hand comes nowhere near, whoever attacks meets a wall. */
export type Limits = Readonly<{
  /** The whole message, as it lies on the disk. */
  mostBytes: number;
  /** All attachments together, decoded. */
  mostAttachmentBytes: number;
  mostDepth: number;
  mostElements: number;
  /** One tag, text, comment or declaration outside an attachment's content. */
  mostTokenChars: number;
  /** Everything but the attachments' contents. */
  mostHeaderChars: number;
}>;

const mebi = 1024 * 1024;

export const usualLimits: Limits = {
  mostBytes: 3 * 1024 * mebi,
  mostAttachmentBytes: 2 * 1024 * mebi,
  mostDepth: 40,
  mostElements: 20_000,
  mostTokenChars: mebi,
  mostHeaderChars: 8 * mebi,
};

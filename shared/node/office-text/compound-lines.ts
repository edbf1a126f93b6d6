const magic = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const mostBytes = 32 * 1024 * 1024;
/** How the stream is called in which an encrypted package lies ([MS-OFFCRYPTO] 2.3.4.4). */
const locked = Buffer.from('EncryptedPackage', 'utf16le');
/** Control characters end a paragraph, a cell, a line or a page in the text of Word ([MS-DOC] 2.4.1). */
const alone = /(?<=^|\p{Cc} *)(?:(?:TUYỆT|TỐI) +)?MẬT(?= *(?:$|\p{Cc}))/gu;

/** A file of Word, Excel or PowerPoint as they wrote it before 2007, or one locked with a password ([MS-CFB]). */
export function isCompound(buffer: Buffer): boolean {
  return buffer.subarray(0, magic.length).equals(magic);
}

/**
 * The lines of such a file of Word that read as a mark: its text lies there as UTF-16 wherever a letter is none of Western
 * Europe's, as in every mark. Throws where it is locked.
 */
export function compoundLines(buffer: Buffer): readonly string[] {
  if (buffer.includes(locked)) throw new Error('It has a password');
  const text = buffer.subarray(0, mostBytes).toString('utf16le').normalize('NFC');
  return text.match(alone) ?? [];
}

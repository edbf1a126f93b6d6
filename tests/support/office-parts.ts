import { zipOf, type Zippable } from '#shared/node/files/public.ts';

const wordNames = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';

/** XML parts in a zip, as office programs keep them. */
export function officeFile(parts: Readonly<Record<string, string>>): Uint8Array {
  return zipOf(Object.entries(parts).map(([name, text]): Zippable => ({ name, bytes: Buffer.from(text) })));
}

export const paragraph = (text: string): string => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`;

export function wordPart(inside: string, root = 'document'): string {
  return `<?xml version="1.0" encoding="UTF-8"?><w:${root} xmlns:w="${wordNames}" xmlns:v="urn:schemas-microsoft-com:vml">${inside}</w:${root}>`;
}

/** A letter as Word writes it, with this line in its head. */
export function wordFile(line: string): Uint8Array {
  const lines = ['CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'Độc lập - Tự do - Hạnh phúc', line, 'Căn cứ Luật'];
  return officeFile({ 'word/document.xml': wordPart(`<w:body>${lines.map(paragraph).join('')}</w:body>`) });
}

/** Hands the system a file to keep. */
export function saveFile(
  bytes: ArrayBuffer | Uint8Array<ArrayBuffer>,
  { name, type }: Readonly<{ name: string; type: string }>,
): void {
  const address = URL.createObjectURL(new Blob([bytes], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}

export function bytesOfBase64(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (letter) => letter.codePointAt(0) ?? 0);
}

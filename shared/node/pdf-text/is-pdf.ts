/** Whatever its sender's program called it: a name, a type or the bytes say so. */
export function isPdf({
  name,
  type,
  bytes,
}: Readonly<{ name: string; type: string; bytes: Uint8Array }>): boolean {
  const begins = Buffer.from(bytes.subarray(0, 1024)).toString('latin1');
  return type === 'application/pdf' || name.toLowerCase().endsWith('.pdf') || begins.includes('%PDF-');
}

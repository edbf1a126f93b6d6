import { encodeQR } from 'qr';
import { useMemo } from 'react';
import './qr-code.css';

/** A text as a square that a camera reads, drawn here; black on white in every appearance, or no camera would. */
export function QrCode({ text, label }: Readonly<{ text: string; label: string }>) {
  const { size, path } = useMemo(() => drawn(text), [text]);
  return (
    <svg className="qr-code" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}>
      <path d={path} />
    </svg>
  );
}

/** What readers need around it (ISO/IEC 18004 9.1). */
const quietModules = 4;

function drawn(text: string): Readonly<{ size: number; path: string }> {
  const rows = encodeQR(text, 'raw', { ecc: 'low', border: quietModules });
  const path = rows
    .flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')))
    .join('');
  return { size: rows.length, path };
}

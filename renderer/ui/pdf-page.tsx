import { TextLayer, type PDFDocumentProxy, type PDFPageProxy } from 'pdfjs-dist';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useWords } from './use-words.ts';

type PdfPageProps = Readonly<{
  pdf: PDFDocumentProxy;
  number: number;
  /** CSS px per PDF point. */
  scale: number;
  /** Size in points while the page itself is still on the way. */
  size: Readonly<{ width: number; height: number }>;
  near: boolean;
  onDrawn: (page: number) => void;
  /** Marks laid over the page, placed in percent. */
  over?: ReactNode;
}>;

/** One page: the picture, and over it the text that can be selected and read aloud. Drawn only while near the view. */
export function PdfPage({ pdf, number, scale, size, near, onDrawn, over }: PdfPageProps) {
  const words = useWords();
  const canvas = useRef<HTMLCanvasElement>(null);
  const text = useRef<HTMLDivElement>(null);
  const [got, setGot] = useState<Readonly<{ of: PDFDocumentProxy; page: PDFPageProxy }> | null>(null);
  // The page of a file that another has taken the place of is closed.
  const page = got?.of === pdf ? got.page : null;

  useEffect(() => {
    if (!near) return;
    let left = false;
    pdf.getPage(number).then(
      (found) => {
        if (!left) setGot({ of: pdf, page: found });
      },
      () => undefined, // the file's fault is said once, by the view
    );
    return () => {
      left = true;
    };
  }, [pdf, number, near]);

  useEffect(() => {
    const target = canvas.current;
    if (page === null || target === null || !near) return;
    return drawPage(page, target, scale, () => {
      onDrawn(number);
    });
  }, [page, scale, near, number, onDrawn]);

  useEffect(() => {
    const target = text.current;
    if (page === null || target === null || !near) return;
    return layText(page, target, scale);
  }, [page, scale, near]);

  const viewport = page?.getViewport({ scale });
  return (
    <section
      className="pdf-page"
      aria-label={words('ui.pdf.page', { page: number })}
      data-page={number}
      style={{
        width: viewport?.width ?? size.width * scale,
        height: viewport?.height ?? size.height * scale,
      }}
    >
      {near && <canvas ref={canvas} aria-hidden />}
      {near && <div ref={text} className="pdf-text" />}
      {over}
    </section>
  );
}

function drawPage(
  page: PDFPageProxy,
  canvas: HTMLCanvasElement,
  scale: number,
  drawn: () => void,
): () => void {
  const density = Math.min(globalThis.devicePixelRatio || 1, 3);
  const viewport = page.getViewport({ scale: scale * density });
  // Drawn aside and put in place whole, so that zooming never shows a white page.
  const aside = document.createElement('canvas');
  aside.width = Math.floor(viewport.width);
  aside.height = Math.floor(viewport.height);
  const task = page.render({ canvas: aside, viewport, annotationMode: 1 });
  task.promise.then(
    () => {
      canvas.width = aside.width;
      canvas.height = aside.height;
      canvas.getContext('2d')?.drawImage(aside, 0, 0);
      canvas.dataset['drawn'] = 'true';
      drawn();
    },
    () => undefined, // cancelled by the next zoom
  );
  return () => {
    task.cancel();
  };
}

function layText(page: PDFPageProxy, container: HTMLElement, scale: number): () => void {
  const viewport = page.getViewport({ scale });
  container.replaceChildren();
  container.style.setProperty('--total-scale-factor', String(scale));
  const layer = new TextLayer({ textContentSource: page.streamTextContent(), container, viewport });
  layer.render().catch(() => undefined);
  return () => {
    layer.cancel();
  };
}

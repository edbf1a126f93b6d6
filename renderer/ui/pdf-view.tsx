import {
  IconAlertCircle,
  IconCloudDownload,
  IconChevronDown,
  IconChevronUp,
  IconArrowAutofitWidth,
  IconZoomIn,
  IconZoomOut,
} from '@tabler/icons-react';
import { useCallback, useEffect, useRef, useState, type ReactNode } from 'react';
import { EmptyState } from './empty-state.tsx';
import type { OpenedPdf, RangeSource } from './pdf-file.ts';
import { PdfPage } from './pdf-page.tsx';
import { PdfPageNumber, PdfTool } from './pdf-tools.tsx';
import { useKeysWithin, useWidth } from './use-element.ts';
import { useOpenedPdf } from './use-opened-pdf.ts';
import { useWords } from './use-words.ts';
import './pdf-view.css';

type Size = Readonly<{ width: number; height: number }>;

type PdfViewProps = Readonly<{
  /** A stable value (memo): a new one opens the file anew. */
  source: RangeSource;
  label: string;
  /** Marks over a page, e.g. where a field was read. */
  over?: (page: number) => ReactNode;
  /** More tools at the right of the bar, which may be about the page that is read. */
  tools?: ReactNode | ((page: number) => ReactNode);
  /** Keeps the scroll place when `source` changes, for a live preview. */
  keepPlace?: boolean;
  /** A page that somebody else shows: a new value goes there. */
  shown?: Readonly<{ page: number }> | null;
  /** Told of every page that this person turns to by themselves. */
  onTurned?: (page: number) => void;
}>;

/** A PDF as its pages: scripts off, text selectable, zoom and pages by keyboard. */
export function PdfView(props: PdfViewProps) {
  const words = useWords();
  const opening = useOpenedPdf(props.source, props.keepPlace === true);
  if (opening.state === 'opening') {
    return (
      <div className="pdf-wait" role="status" aria-label={words('ui.pdf.opening')}>
        <div className="pdf-page pdf-blank" />
      </div>
    );
  }
  if (opening.state === 'fault' && opening.fault === 'coming') {
    return (
      <div className="pdf-wait" role="status">
        <EmptyState
          icon={IconCloudDownload}
          title={words('ui.pdf.coming')}
          help={words('ui.pdf.coming.help')}
        />
      </div>
    );
  }
  if (opening.state === 'fault') {
    return (
      <div className="pdf-wait" role="alert">
        <EmptyState
          icon={IconAlertCircle}
          title={words('ui.pdf.failed')}
          {...(opening.fault === 'failed' ? {} : { help: words(`ui.pdf.${opening.fault}`) })}
        />
      </div>
    );
  }
  return <Pages {...props} opened={opening.opened} size={opening.size} />;
}

const zoomSteps = [0.5, 0.67, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3];
const pointPx = 96 / 72;
const hands = ['wheel', 'pointerdown', 'touchmove', 'keydown'] as const;

function Pages({
  opened,
  size,
  label,
  over,
  tools,
  shown = null,
  onTurned,
}: PdfViewProps & Readonly<{ opened: OpenedPdf; size: Size }>) {
  const words = useWords();
  const box = useRef<HTMLDivElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const width = useWidth(scroller);
  const [zoom, setZoom] = useState<number | 'fit'>('fit');
  const [page, setPage] = useState(1);
  // The page being read is drawn before its neighbours: a scan takes its time on an old machine.
  const [drawn, setDrawn] = useState<ReadonlySet<number>>(new Set());
  const noteDrawn = useCallback((number: number) => {
    setDrawn((known) => (known.has(number) ? known : new Set([...known, number])));
  }, []);
  const count = opened.pdf.numPages;
  // Fits the width, but a page never grows past what reads well.
  const fit = Math.min(Math.max(0.4, (width - 32) / (size.width * pointPx)), 1.6);
  const factor = zoom === 'fit' ? fit : zoom;
  const scale = factor * pointPx;

  // Scrolling that follows a hand is this person's; what follows `shown` is not.
  const isByHand = useRef(false);
  const show = useCallback((target: number): void => {
    isByHand.current = false;
    scroller.current?.querySelector(`[data-page="${target}"]`)?.scrollIntoView({ block: 'start' });
  }, []);
  const fitted = zoom === 'fit' ? fit : null;
  useEffect(() => {
    // Fitted to another width it would lie elsewhere: a window that is moved to a larger screen shows the same page.
    if (shown !== null) show(Math.min(shown.page, count));
  }, [shown, show, count, fitted]);
  useEffect(() => {
    const element = scroller.current;
    const byHand = (): void => {
      isByHand.current = true;
    };
    for (const kind of hands) element?.addEventListener(kind, byHand, { passive: true });
    return () => {
      for (const kind of hands) element?.removeEventListener(kind, byHand);
    };
  }, []);
  const goTo = (wanted: number): void => {
    const target = Math.max(1, Math.min(wanted, count));
    show(target);
    setPage(target);
    onTurned?.(target);
  };
  const step = (direction: 1 | -1): void => {
    const next =
      direction > 0
        ? zoomSteps.find((one) => one > factor + 0.01)
        : zoomSteps.findLast((one) => one < factor - 0.01);
    if (next !== undefined) setZoom(next);
  };
  const press = (event: KeyboardEvent): void => {
    if (event.target instanceof HTMLInputElement || event.altKey) return;
    const acts: Readonly<Record<string, () => void>> = {
      '+': () => step(1),
      '=': () => step(1),
      '-': () => step(-1),
      '0': () => setZoom('fit'),
      PageDown: () => goTo(page + 1),
      PageUp: () => goTo(page - 1),
      Home: () => goTo(1),
      End: () => goTo(count),
    };
    const act = acts[event.key];
    if (act === undefined || (event.ctrlKey && event.key.length > 1)) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  useKeysWithin(box, press);

  return (
    <div className="pdf-view" ref={box} role="group" aria-label={label}>
      <div className="pdf-tools">
        <PdfTool
          text={words('ui.pdf.previous')}
          keys="PageUp"
          act={() => {
            goTo(page - 1);
          }}
          disabled={page <= 1}
        >
          <IconChevronUp size="1rem" stroke={1.75} aria-hidden />
        </PdfTool>
        <PdfTool
          text={words('ui.pdf.next')}
          keys="PageDown"
          act={() => {
            goTo(page + 1);
          }}
          disabled={page >= count}
        >
          <IconChevronDown size="1rem" stroke={1.75} aria-hidden />
        </PdfTool>
        <PdfPageNumber page={page} count={count} goTo={goTo} />
        <span className="pdf-gap" />
        <PdfTool
          text={words('ui.pdf.zoomOut')}
          keys="-"
          act={() => {
            step(-1);
          }}
        >
          <IconZoomOut size="1rem" stroke={1.75} aria-hidden />
        </PdfTool>
        <span className="pdf-zoom figures">{Math.round(factor * 100)}%</span>
        <PdfTool
          text={words('ui.pdf.zoomIn')}
          keys="+"
          act={() => {
            step(1);
          }}
        >
          <IconZoomIn size="1rem" stroke={1.75} aria-hidden />
        </PdfTool>
        <PdfTool
          text={words('ui.pdf.fitWidth')}
          keys="0"
          act={() => {
            setZoom('fit');
          }}
        >
          <IconArrowAutofitWidth size="1rem" stroke={1.75} aria-hidden />
        </PdfTool>
        {typeof tools === 'function' ? tools(page) : tools}
      </div>
      <div
        ref={scroller}
        className="pdf-scroll"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard
        tabIndex={0}
        role="group"
        aria-label={words('ui.pdf.pages')}
        onScroll={() => {
          const seen = pageInView(scroller.current, page);
          if (seen !== page && isByHand.current) onTurned?.(seen);
          setPage(seen);
        }}
      >
        {Array.from({ length: count }, (_, place) => place + 1).map((number) => (
          <PdfPage
            key={number}
            pdf={opened.pdf}
            number={number}
            scale={scale}
            size={size}
            near={number === page || (Math.abs(number - page) <= 2 && drawn.has(page))}
            onDrawn={noteDrawn}
            over={over?.(number)}
          />
        ))}
      </div>
    </div>
  );
}

function pageInView(scroller: HTMLElement | null, otherwise: number): number {
  if (scroller === null) return otherwise;
  const middle = scroller.scrollTop + scroller.clientHeight * 0.4;
  const pages = [...scroller.querySelectorAll<HTMLElement>('[data-page]')];
  const at = pages.findLast((page) => page.offsetTop <= middle);
  return Number(at?.dataset['page'] ?? otherwise);
}

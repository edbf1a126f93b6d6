import { IconAlertCircle, IconChevronDown, IconChevronUp, IconArrowAutofitWidth, IconZoomIn, IconZoomOut } from '@tabler/icons-react';
import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactNode, type RefObject } from 'react';
import { EmptyState } from './empty-state.tsx';
import { Hint } from './hint.tsx';
import { openPdf, pdfFault, type OpenedPdf, type PdfFault, type RangeSource } from './pdf-file.ts';
import { PdfPage } from './pdf-page.tsx';
import { useWords } from './use-words.ts';
import './pdf-view.css';

type Size = Readonly<{ width: number; height: number }>;

type PdfViewProps = Readonly<{
  /** A stable value (memo): a new one opens the file anew. */
  source: RangeSource;
  label: string;
  /** Marks over a page, e.g. where a field was read. */
  over?: (page: number) => ReactNode;
  /** More tools at the right of the bar. */
  tools?: ReactNode;
  /** Keeps the scroll place when `source` changes, for a live preview. */
  keepPlace?: boolean;
}>;

type Opening = Readonly<{ state: 'opening' } | { state: 'fault'; fault: PdfFault } | { state: 'open'; opened: OpenedPdf; size: Size }>;

/** A PDF as its pages: scripts off, text selectable, zoom and pages by keyboard. */
export function PdfView(props: PdfViewProps) {
  const words = useWords();
  const opening = useOpening(props.source, props.keepPlace === true);
  if (opening.state === 'opening') {
    return (
      <div className="pdf-wait" role="status" aria-label={words('ui.pdf.opening')}>
        <div className="pdf-page pdf-blank" />
      </div>
    );
  }
  if (opening.state === 'fault') {
    return (
      <div className="pdf-wait" role="alert">
        <EmptyState icon={IconAlertCircle} title={words('ui.pdf.failed')} {...(opening.fault === 'failed' ? {} : { help: words(`ui.pdf.${opening.fault}`) })} />
      </div>
    );
  }
  return <Pages {...props} opened={opening.opened} size={opening.size} />;
}

function useOpening(source: RangeSource, keepPlace: boolean): Opening {
  const [opening, setOpening] = useState<Opening>({ state: 'opening' });
  const shown = useRef<OpenedPdf | null>(null);
  useEffect(() => {
    let left = false;
    if (!keepPlace) setOpening({ state: 'opening' });
    openPdf(source)
      .then(async (opened) => {
        const first = await opened.pdf.getPage(1);
        const { width, height } = first.getViewport({ scale: 1 });
        if (left) {
          opened.close();
          return;
        }
        shown.current?.close();
        shown.current = opened;
        setOpening({ state: 'open', opened, size: { width, height } });
      })
      .catch((error: unknown) => {
        if (!left) setOpening({ state: 'fault', fault: pdfFault(error) });
      });
    return () => {
      left = true;
    };
  }, [source, keepPlace]);
  useEffect(
    () => () => {
      shown.current?.close();
      shown.current = null;
    },
    [],
  );
  return opening;
}

const zoomSteps = [0.5, 0.67, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3];
const pointPx = 96 / 72;

function Pages({ opened, size, label, over, tools }: PdfViewProps & Readonly<{ opened: OpenedPdf; size: Size }>) {
  const words = useWords();
  const scroller = useRef<HTMLDivElement>(null);
  const width = useWidth(scroller);
  const [zoom, setZoom] = useState<number | 'fit'>('fit');
  const [page, setPage] = useState(1);
  const count = opened.pdf.numPages;
  // Fits the width, but a page never grows past what reads well.
  const fit = Math.min(Math.max(0.4, (width - 32) / (size.width * pointPx)), 1.6);
  const factor = zoom === 'fit' ? fit : zoom;
  const scale = factor * pointPx;

  const goTo = (wanted: number): void => {
    const target = Math.max(1, Math.min(wanted, count));
    scroller.current?.querySelector(`[data-page="${target}"]`)?.scrollIntoView({ block: 'start' });
    setPage(target);
  };
  const step = (direction: 1 | -1): void => {
    const next = direction > 0 ? zoomSteps.find((one) => one > factor + 0.01) : zoomSteps.findLast((one) => one < factor - 0.01);
    if (next !== undefined) setZoom(next);
  };
  const press = (event: KeyboardEvent): void => {
    if (event.target instanceof HTMLInputElement || event.altKey) return;
    const act = keyAct(event, { goTo, step, fit: () => { setZoom('fit'); }, page, count });
    if (act === null) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };

  return (
    <div className="pdf-view" role="group" aria-label={label} onKeyDown={press}>
      <div className="pdf-tools">
        <Tool text={words('ui.pdf.previous')} keys="PageUp" act={() => { goTo(page - 1); }} disabled={page <= 1}><IconChevronUp size="1rem" stroke={1.75} aria-hidden /></Tool>
        <Tool text={words('ui.pdf.next')} keys="PageDown" act={() => { goTo(page + 1); }} disabled={page >= count}><IconChevronDown size="1rem" stroke={1.75} aria-hidden /></Tool>
        <PageNumber page={page} count={count} goTo={goTo} />
        <span className="pdf-gap" />
        <Tool text={words('ui.pdf.zoomOut')} keys="-" act={() => { step(-1); }}><IconZoomOut size="1rem" stroke={1.75} aria-hidden /></Tool>
        <span className="pdf-zoom figures">{Math.round(factor * 100)}%</span>
        <Tool text={words('ui.pdf.zoomIn')} keys="+" act={() => { step(1); }}><IconZoomIn size="1rem" stroke={1.75} aria-hidden /></Tool>
        <Tool text={words('ui.pdf.fitWidth')} keys="0" act={() => { setZoom('fit'); }}><IconArrowAutofitWidth size="1rem" stroke={1.75} aria-hidden /></Tool>
        {tools}
      </div>
      <div
        ref={scroller}
        className="pdf-scroll"
        tabIndex={0}
        role="document"
        aria-label={words('ui.pdf.pages')}
        onScroll={() => {
          setPage(pageInView(scroller.current, page));
        }}
      >
        {Array.from({ length: count }, (_, place) => place + 1).map((number) => (
          <PdfPage
            key={number}
            pdf={opened.pdf}
            number={number}
            scale={scale}
            size={size}
            near={Math.abs(number - page) <= 2}
            over={over?.(number)}
          />
        ))}
      </div>
    </div>
  );
}

type ToolProps = Readonly<{ text: string; keys: string; act: () => void; disabled?: boolean; children: ReactNode }>;

function Tool({ text, keys, act, disabled = false, children }: ToolProps) {
  return (
    <Hint text={text} keys={keys}>
      <button type="button" className="pdf-tool" aria-label={text} disabled={disabled} onClick={act}>
        {children}
      </button>
    </Hint>
  );
}

function PageNumber({ page, count, goTo }: Readonly<{ page: number; count: number; goTo: (page: number) => void }>) {
  const words = useWords();
  const [typed, setTyped] = useState<string | null>(null);
  const go = (): void => {
    const wanted = Number(typed);
    if (typed !== null && Number.isInteger(wanted) && wanted > 0) goTo(wanted);
    setTyped(null);
  };
  return (
    <span className="pdf-number figures">
      <input
        aria-label={words('ui.pdf.goto')}
        inputMode="numeric"
        value={typed ?? String(page)}
        onFocus={(event) => { event.currentTarget.select(); }}
        onChange={(event) => { setTyped(event.currentTarget.value); }}
        onBlur={go}
        onKeyDown={(event) => {
          if (event.key === 'Enter') go();
        }}
      />
      <span>{words('ui.pdf.of', { count })}</span>
    </span>
  );
}

type KeyActs = Readonly<{ goTo: (page: number) => void; step: (direction: 1 | -1) => void; fit: () => void; page: number; count: number }>;

function keyAct(event: KeyboardEvent, acts: KeyActs): (() => void) | null {
  if (event.key === '+' || event.key === '=') return () => { acts.step(1); };
  if (event.key === '-') return () => { acts.step(-1); };
  if (event.key === '0') return acts.fit;
  if (event.ctrlKey) return null;
  if (event.key === 'PageDown') return () => { acts.goTo(acts.page + 1); };
  if (event.key === 'PageUp') return () => { acts.goTo(acts.page - 1); };
  if (event.key === 'Home') return () => { acts.goTo(1); };
  if (event.key === 'End') return () => { acts.goTo(acts.count); };
  return null;
}

function pageInView(scroller: HTMLElement | null, otherwise: number): number {
  if (scroller === null) return otherwise;
  const middle = scroller.scrollTop + scroller.clientHeight * 0.4;
  const pages = [...scroller.querySelectorAll<HTMLElement>('[data-page]')];
  const at = pages.findLast((page) => page.offsetTop <= middle);
  return Number(at?.dataset['page'] ?? otherwise);
}

function useWidth(target: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(600);
  useLayoutEffect(() => {
    const element = target.current;
    if (element === null) return;
    const watch = new ResizeObserver(() => {
      setWidth(element.clientWidth);
    });
    watch.observe(element);
    setWidth(element.clientWidth);
    return () => {
      watch.disconnect();
    };
  }, [target]);
  return width;
}

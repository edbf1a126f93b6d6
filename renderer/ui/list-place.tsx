import type { ReactNode, Ref } from 'react';
import { SplitPanes } from './split-panes.tsx';

/** How wide lists are, in rem; places of one kind remember one width. */
const widths = {
  list: { initial: 24, min: 18, max: 44 },
  meetings: { initial: 26, min: 20, max: 44 },
  reading: { initial: 26, min: 20, max: 44 },
  search: { initial: 30, min: 22, max: 48 },
  oversight: { initial: 30, min: 24, max: 48 },
};

type ListPlaceProps = Readonly<{
  kind?: keyof typeof widths;
  /** What it is, and what can be done here. */
  head: ReactNode;
  list: ReactNode;
  /** The one that is open, or what to choose. */
  children: ReactNode;
  /** Where its head and its list are. */
  ref?: Ref<HTMLDivElement>;
}>;

/** A place of one list, with what is open beside it. */
export function ListPlace({ kind = 'list', head, list, children, ref }: ListPlaceProps) {
  return (
    <SplitPanes
      name={kind}
      sized="start"
      width={widths[kind]}
      start={
        <div className="place" ref={ref}>
          {head}
          <div className="place-list">{list}</div>
        </div>
      }
      end={children}
    />
  );
}

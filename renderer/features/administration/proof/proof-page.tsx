import { ListLoading } from '../../../ui/list-states.tsx';
import { PlaceHead } from '../../../ui/place-head.tsx';
import { useWords } from '../../../ui/use-words.ts';
import { useDirectory } from '../../directory/public.ts';
import { AdminTabs } from '../admin-tabs.tsx';
import { ProofArrangement } from './proof-arrangement.tsx';
import { ProofWork } from './proof-work.tsx';
import './proof.css';

/** Quản trị › Giá trị chứng minh: how what the agency signs stays provable when certificates have long run out. */
export function ProofPage() {
  const words = useWords();
  const { own } = useDirectory();
  return (
    <div className="place">
      <PlaceHead title={words('administration.proof')} below={<AdminTabs />} />
      <div className="proof-page">
        <p className="proof-about dim">{words('proof.about')}</p>
        {own === null ? (
          <ListLoading label={words('administration.proof')} />
        ) : (
          <>
            <ProofWork agency={own} />
            <ProofArrangement agency={own} />
          </>
        )}
      </div>
    </div>
  );
}

import { ActionIcon } from '@mantine/core';
import { IconExternalLink, IconInbox, IconSend, IconArrowBackUp } from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import { useParams, useRouter } from '#renderer/app/router.tsx';
import { DenseList, type Column } from '#renderer/ui/dense-list.tsx';
import { DocumentPane } from '#renderer/ui/document-pane.tsx';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { Facts } from '#renderer/ui/facts.tsx';
import { ListRow } from '#renderer/ui/list-row.tsx';
import { Deadline, ProofMark, StateMark } from '#renderer/ui/marks.tsx';
import { PdfView } from '#renderer/ui/pdf-view.tsx';
import { PlaceHead } from '#renderer/ui/place-head.tsx';
import { RelativeTime } from '#renderer/ui/relative-time.tsx';
import { SplitPanes } from '#renderer/ui/split-panes.tsx';
import { StepLine } from '#renderer/ui/step-line.tsx';
import { Timeline } from '#renderer/ui/timeline.tsx';
import { useListRows } from '#renderer/ui/use-list-rows.ts';
import { letterAt, type Letter } from './letters.ts';

function useLetters(total: number) {
  return useListRows<Letter>(['letters', total], async ({ offset, limit }) => ({
    rows: Array.from({ length: Math.min(limit, total - offset) }, (_, place) => letterAt(offset + place)),
    total,
  }));
}

export function IncomingPlace() {
  const { location, go } = useRouter();
  const total = Number(location.search['rows'] ?? 200_000);
  const rows = useLetters(total);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const params = useParams('/tests/gallery/:place/:id?');
  const openId = params?.['id'] ?? null;
  const open = openId === null ? undefined : letterAt(Number(openId.replace('letter-', '')));
  return (
    <SplitPanes
      name="list"
      sized="start"
      width={{ initial: 22, min: 17, max: 44 }}
      start={
        <div className="place">
          <PlaceHead
            title="Văn bản đến"
            count={total}
            selected={selected.size}
            onClear={() => {
              setSelected(new Set());
            }}
          />
          <div className="place-list">
            <DenseList
              label="Văn bản đến"
              rows={rows}
              idOf={(letter) => letter.id}
              openId={openId}
              onOpen={(letter) => {
                go(`/tests/gallery/list/${letter.id}${globalThis.location.search}`, {
                  replace: openId !== null,
                });
              }}
              openOnMove
              selected={selected}
              onSelect={setSelected}
              takesFocus
              look={{ kind: 'rows', rowRem: 4.5, renderRow: (letter) => <LetterRow letter={letter} /> }}
              empty={
                <EmptyState
                  icon={IconInbox}
                  title="Chưa có văn bản đến nào hôm nay"
                  help="Kéo tệp PDF vào đây, hoặc nhấn N để chọn tệp. Mỗi tệp thành một dòng chờ vào sổ."
                />
              }
            />
          </div>
        </div>
      }
      end={
        open === undefined ? (
          <EmptyState
            icon={IconInbox}
            title="Chọn một văn bản để xem"
            help="Dùng phím J, K để đi qua danh sách."
          />
        ) : (
          <LetterDocument letter={open} />
        )
      }
    />
  );
}

function LetterRow({ letter }: Readonly<{ letter: Letter }>) {
  return (
    <ListRow
      lead={letter.issuer}
      reference={letter.notation}
      title={letter.subject}
      state={
        <StateMark label={letter.state} waiting={letter.waiting} tone={letter.waiting ? 'action' : 'plain'} />
      }
      urgency={letter.urgency}
      due={letter.due}
      at={letter.at}
      unread={letter.waiting}
    />
  );
}

const columns: readonly Column<Letter>[] = [
  { key: 'arrival', title: 'Số đến', width: 4, align: 'end', renderCell: (letter) => letter.arrival },
  { key: 'at', title: 'Ngày đến', width: 8.5, renderCell: (letter) => <RelativeTime at={letter.at} /> },
  { key: 'issuer', title: 'Tác giả', width: 12, renderCell: (letter) => letter.issuer },
  { key: 'notation', title: 'Số, ký hiệu', width: 10, renderCell: (letter) => letter.notation },
  {
    key: 'subject',
    title: 'Tên loại và trích yếu nội dung',
    width: 16,
    grow: true,
    renderCell: (letter) => letter.subject,
  },
  {
    key: 'state',
    title: 'Trạng thái',
    width: 8,
    renderCell: (letter) => <StateMark label={letter.state} waiting={letter.waiting} />,
  },
  {
    key: 'due',
    title: 'Thời hạn',
    width: 11,
    renderCell: (letter) => (letter.due === null ? '' : <Deadline due={letter.due} />),
  },
];

export function RegisterPlace() {
  const rows = useLetters(200_000);
  return (
    <div className="place">
      <PlaceHead title="Sổ đăng ký văn bản đến" count={200_000} />
      <div className="place-list">
        <DenseList
          label="Sổ đăng ký văn bản đến"
          rows={rows}
          idOf={(letter) => letter.id}
          openId={null}
          onOpen={() => undefined}
          look={{ kind: 'columns', columns }}
          empty={null}
          takesFocus
        />
      </div>
    </div>
  );
}

function LetterDocument({ letter }: Readonly<{ letter: Letter }>) {
  const file = useRouter().location.search['pdf'];
  const source = useMemo(() => {
    const whole = fetch(file ?? '/sample.pdf').then((answer) => answer.blob());
    return whole.then((blob) => ({
      size: blob.size,
      read: async (offset: number, length: number) => blob.slice(offset, offset + length),
    }));
  }, [file]);
  return (
    <DocumentPane
      reference={letter.notation}
      title={letter.subject}
      standing={{
        state: letter.state,
        waiting: true,
        tone: 'action',
        holder: 'Nguyễn Thị Minh Khai',
        since: letter.at,
        due: letter.due,
        urgency: letter.urgency,
      }}
      page={<Page source={source} />}
      corner={
        <ActionIcon variant="subtle" color="gray" aria-label="Mở cửa sổ mới">
          <IconExternalLink size="1.125rem" stroke={1.6} />
        </ActionIcon>
      }
      counts={{ course: 4, signatures: 2 }}
      tabs={{
        facts: <LetterFacts letter={letter} />,
        course: (
          <Timeline
            entries={[
              {
                id: '1',
                who: 'Trần Thị Bích',
                what: 'trả lại',
                said: 'Thiếu căn cứ: chưa dẫn Nghị định 30/2020/NĐ-CP',
                at: letter.at,
                tone: 'danger',
                icon: IconArrowBackUp,
              },
              {
                id: '2',
                who: 'Lê Văn Hùng',
                what: 'chuyển cho Phòng Tổ chức cán bộ chủ trì, Thanh tra phối hợp',
                at: letterAt(30).at,
                tone: 'action',
                icon: IconSend,
              },
              { id: '3', who: 'Phạm Thu Hà', what: `vào sổ số đến ${letter.arrival}`, at: letterAt(60).at },
            ]}
          />
        ),
        signatures: (
          <Facts
            facts={[
              { label: 'Người ký', value: 'Võ Hoàng Hận', wide: true },
              { label: 'Kết quả', value: <ProofMark proof="proven" />, wide: true },
              { label: 'Con dấu', value: <ProofMark proof="unclear" />, wide: true },
              { label: 'Tệp kèm', value: <ProofMark proof="broken" />, wide: true },
            ]}
          />
        ),
        related: <EmptyState icon={IconInbox} title="Chưa có văn bản liên quan" />,
      }}
      actions={[
        { id: 'direct', label: 'Ghi ý kiến chỉ đạo', keys: 'C', icon: IconSend, run: () => undefined },
        { id: 'return', label: 'Trả lại', danger: true, icon: IconArrowBackUp, run: () => undefined },
        {
          id: 'issue',
          label: 'Phát hành',
          whyNot: { reason: 'Văn bản chưa được đóng dấu.', whoCan: 'Phạm Thu Hà (Văn thư)' },
          run: () => undefined,
        },
        { id: 'copy', label: 'Gửi để biết', keys: 'B', run: () => undefined },
        {
          id: 'withdraw',
          label: 'Rút lại',
          whyNot: { reason: 'Đã có người xử lý sau anh/chị.' },
          run: () => undefined,
        },
      ]}
    />
  );
}

function Page({ source }: Readonly<{ source: Promise<Parameters<typeof PdfView>[0]['source']> }>) {
  const [ready, setReady] = useState<Parameters<typeof PdfView>[0]['source'] | null>(null);
  useEffect(() => {
    void source.then(setReady);
  }, [source]);
  return ready === null ? null : <PdfView source={ready} label="Trang văn bản" />;
}

function LetterFacts({ letter }: Readonly<{ letter: Letter }>) {
  return (
    <>
      <StepLine
        label="Đường đi"
        steps={[
          { id: 'a', label: 'Vào sổ', who: 'Hà', state: 'passed' },
          { id: 'b', label: 'Chỉ đạo', who: 'Khai', state: 'current' },
          { id: 'c', label: 'Xử lý', who: 'Phòng TCCB', state: 'ahead' },
        ]}
      />
      <div style={{ height: '1rem' }} />
      <Facts
        facts={[
          { label: 'Số đến', value: letter.arrival },
          { label: 'Ngày đến', value: <RelativeTime at={letter.at} /> },
          { label: 'Cơ quan ban hành', value: letter.issuer, wide: true },
          { label: 'Trích yếu', value: letter.subject, wide: true },
          {
            label: 'Thời hạn',
            value: letter.due === null ? null : <Deadline due={letter.due} />,
            wide: true,
          },
        ]}
      />
    </>
  );
}

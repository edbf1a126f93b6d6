import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Day } from '#shared/kernel/public.ts';
import { Combo } from '#renderer/ui/combo.tsx';
import { DayField } from '#renderer/ui/day-field.tsx';
import { DropZone } from '#renderer/ui/drop-zone.tsx';
import { Deadline, StateMark, UrgencyMark } from '#renderer/ui/marks.tsx';
import { NotationField } from '#renderer/ui/notation-field.tsx';
import { PeoplePicker } from '#renderer/ui/person-picker.tsx';
import { PinDialog } from '#renderer/ui/pin-dialog.tsx';
import { ProgressList } from '#renderer/ui/progress-list.tsx';
import { ReasonDialog } from '#renderer/ui/reason-dialog.tsx';
import { StepLine } from '#renderer/ui/step-line.tsx';
import { TextField } from '#renderer/ui/text-field.tsx';
import { toast } from '#renderer/ui/toasts.tsx';
import { letterAt } from './letters.ts';
import './controls.css';

const people = [
  { id: 'a', name: 'Nguyễn Văn An', post: 'Chuyên viên', unit: 'Phòng Tổ chức cán bộ' },
  { id: 'b', name: 'Trần Thị Bích', post: 'Trưởng phòng', unit: 'Thanh tra' },
  { id: 'c', name: 'Đặng Đình Đức', post: 'Phó Giám đốc', unit: 'Ban Giám đốc' },
];

export function Controls() {
  const [text, setText] = useState('V/v xin bổ sung kinh phí năm 2026');
  const [notation, setNotation] = useState('15/qđ-ubnd');
  const [due, setDue] = useState<Day | null>(letterAt(3).due);
  const [unit, setUnit] = useState<string | null>(null);
  const [many, setMany] = useState<readonly string[]>(['a', 'c']);
  const [reason, setReason] = useState(false);
  const [pin, setPin] = useState(false);
  return (
    <div className="gallery-controls">
      <section>
        <TextField
          label="Trích yếu"
          value={text}
          onChange={setText}
          rows={2}
          required
          filledFrom="đọc từ trang 1"
        />
        <NotationField label="Số, ký hiệu" value={notation} onChange={setNotation} />
        <DayField label="Thời hạn" value={due} onChange={setDue} lean="ahead" />
        <DayField
          label="Ngày ban hành"
          value={null}
          onChange={() => undefined}
          lean="behind"
          error="Hãy ghi ngày ban hành."
        />
        <Combo
          label="Đơn vị chủ trì"
          value={unit}
          onChange={setUnit}
          choices={people.map(({ id, unit: label }) => ({ id, label }))}
          placeholder="Gõ hai chữ, không cần dấu"
        />
        <PeoplePicker label="Phối hợp" people={people} value={many} onChange={setMany} />
      </section>
      <section>
        <StepLine
          label="Luồng trình ký"
          steps={[
            { id: '1', label: 'Soạn thảo', who: 'Nguyễn Văn An', state: 'passed' },
            { id: '2', label: 'Góp ý', who: 'Trần Thị Bích', state: 'returned', note: 'Thiếu căn cứ' },
            { id: '3', label: 'Ký nháy', who: 'Lê Văn Hùng', state: 'current' },
            { id: '4', label: 'Ký', who: 'Nguyễn Thị Minh Khai', state: 'ahead' },
            { id: '5', label: 'Đóng dấu', who: 'Văn thư', state: 'ahead' },
          ]}
        />
        <p className="gallery-row">
          <UrgencyMark urgency="urgent" /> <UrgencyMark urgency="very-urgent" />{' '}
          <UrgencyMark urgency="flash" />
        </p>
        <p className="gallery-row">
          <StateMark label="Đã vào sổ" /> <StateMark label="Chờ anh/chị" tone="action" waiting />{' '}
          <StateMark label="Bị trả lại" tone="danger" /> <StateMark label="Sắp hạn" tone="soon" waiting />
        </p>
        <p className="gallery-row">
          {[0, 1, 2, 3].map((place) => {
            const day = letterAt(place).due;
            return day === null ? null : <Deadline key={place} due={day} />;
          })}
        </p>
        <DropZone accept=".pdf" help="PDF, tối đa 100 tệp một lần" onFiles={() => undefined} />
        <ProgressList
          title="Vào sổ 5 văn bản"
          onRetry={() => undefined}
          onCancel={() => undefined}
          items={[
            { id: '1', label: '136-ĐN-CC-TC.pdf', state: 'done' },
            {
              id: '2',
              label: 'scan0002.pdf',
              state: 'failed',
              sentence:
                'Tệp có mật khẩu nên không đọc được. Hãy đề nghị nơi gửi gửi lại tệp không đặt mật khẩu.',
            },
            {
              id: '3',
              label: 'QD 1267 UBND ve viec cong bo danh muc thu tuc hanh chinh.pdf',
              state: 'running',
            },
            { id: '4', label: 'giay-moi.pdf', state: 'waiting' },
          ]}
        />
        <p className="gallery-row">
          <Button
            onClick={() => {
              toast({ text: 'Đã chuyển 40 văn bản cho Phòng Tổ chức cán bộ.', undo: () => undefined });
            }}
          >
            Toast
          </Button>
          <Button
            variant="default"
            onClick={() => {
              toast({
                text: 'Chưa gửi được cho UBND xã An Phú: chứng thư của họ hết hạn ngày 03/11. Đã báo văn thư bên nhận.',
                tone: 'danger',
              });
            }}
          >
            Lỗi
          </Button>
          <Button
            variant="default"
            onClick={() => {
              setReason(true);
            }}
          >
            Trả lại
          </Button>
          <Button
            variant="default"
            onClick={() => {
              setPin(true);
            }}
          >
            Ký số
          </Button>
        </p>
      </section>
      <ReasonDialog
        opened={reason}
        onClose={() => {
          setReason(false);
        }}
        title="Trả lại văn bản"
        text="Văn bản trở về chuyên viên Nguyễn Văn An; các chữ ký đã có ở bản này không còn dùng."
        confirm="Trả lại"
        danger
        onConfirm={() => {
          setReason(false);
        }}
      />
      <PinDialog
        opened={pin}
        onClose={() => {
          setPin(false);
        }}
        title="Ký số 3 văn bản"
        documents={[0, 1, 2]
          .map(letterAt)
          .map(({ id, notation: reference, subject: title }) => ({ id, reference, title }))}
        signingAs="KT. CHỦ TỊCH – PHÓ CHỦ TỊCH"
        certificate={{
          subject: 'Nguyễn Thị Minh Khai',
          issuer: 'CA cơ quan (mẫu)',
          validTo: letterAt(3).due ?? ('2027-01-01' as Day),
        }}
        onSign={() => {
          setPin(false);
        }}
      />
    </div>
  );
}

import { Button } from '@mantine/core';
import { IconArrowLeft, IconDownload } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { Export } from '#shared/documents/public.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { PdfView } from '../../ui/pdf-view.tsx';
import { PlaceHead } from '../../ui/place-head.tsx';
import { useWords } from '../../ui/use-words.ts';
import { exportSource, saveExport } from '../../app/made-file.ts';

/** The printed register as it will be bound and signed for (NĐ 30 Đ16, Đ22). */
export function PrintedRegister({ printed, onBack }: Readonly<{ printed: Export; onBack: () => void }>) {
  const words = useWords();
  const source = useMemo(() => exportSource(printed), [printed]);
  return (
    <div className="place">
      <PlaceHead title={printed.name}>
        <ActButton label={words('registers.back')} icon={IconArrowLeft} second run={onBack} />
        <Button
          size="compact-sm"
          leftSection={<IconDownload size="1rem" stroke={1.75} aria-hidden />}
          onClick={() => void saveExport(printed, 'application/pdf')}
        >
          {words('registers.save')}
        </Button>
      </PlaceHead>
      <PdfView source={source} label={printed.name} />
    </div>
  );
}

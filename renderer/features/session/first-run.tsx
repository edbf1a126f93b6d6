import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { core } from '../../app/client.ts';
import { Gate, Note } from '../../ui/gate.tsx';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { useWords } from '../../ui/use-words.ts';
import { desksKey } from './desks-key.ts';

type FirstRunProps = Readonly<{ wiped: readonly string[]; onJoin: () => void }>;

/** A machine without any agency: join one's own, or try with sample data. */
export function FirstRun({ wiped, onJoin }: FirstRunProps) {
  const words = useWords();
  const client = useQueryClient();
  const trying = useMutation({
    mutationFn: () => core.session.trySample({}),
    onSettled: () => client.invalidateQueries({ queryKey: desksKey }),
  });
  return (
    <Gate name={words('app.name')} title={words('session.first.title')} lead={words('session.first.lead')}>
      {wiped.map((agency) => (
        <Note key={agency} tone="danger">
          {words('session.wiped', { agency })}
        </Note>
      ))}
      <Button size="md" onClick={onJoin} disabled={trying.isPending}>
        {words('session.first.join')}
      </Button>
      <p className="dim gate-lead">{words('session.first.join.help')}</p>
      <Button
        size="md"
        variant="default"
        loading={trying.isPending}
        onClick={() => {
          trying.mutate();
        }}
      >
        {words('session.first.try')}
      </Button>
      {trying.isPending ? <Making /> : <p className="dim gate-lead">{words('session.first.try.help')}</p>}
      {trying.isError && <Note tone="danger">{sentenceOf(trying.error, words)}</Note>}
    </Gate>
  );
}

/** How long it has been, since nothing tells how far it is. */
function Making() {
  const words = useWords();
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => {
      setSeconds((past) => past + 1);
    }, 1000);
    return () => {
      clearInterval(timer);
    };
  }, []);
  return (
    <p className="dim gate-lead figures" role="status">
      {words('session.first.making', { seconds })}
    </p>
  );
}

import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { core } from '../../app/client.ts';
import { Gate, Note } from '../../ui/gate.tsx';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { useWords } from '../../ui/use-words.ts';
import { desksKey } from './desks-key.ts';

/** A machine without any agency: try with sample data, and what joining one's own agency takes. */
export function FirstRun() {
  const words = useWords();
  const client = useQueryClient();
  const trying = useMutation({
    mutationFn: () => core.session.trySample({}),
    onSettled: () => client.invalidateQueries({ queryKey: desksKey }),
  });
  return (
    <Gate name={words('app.name')} title={words('session.first.title')} lead={words('session.first.lead')}>
      <Button
        size="md"
        loading={trying.isPending}
        onClick={() => {
          trying.mutate();
        }}
      >
        {words('session.first.try')}
      </Button>
      {trying.isPending ? <Making /> : <p className="dim gate-lead">{words('session.first.try.help')}</p>}
      {trying.isError && <Note tone="danger">{sentenceOf(trying.error, words)}</Note>}
      <Note>
        <p>
          <strong>{words('session.first.join')}</strong>
        </p>
        <p>{words('session.first.join.help')}</p>
      </Note>
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

import { describe, expect, test } from 'vitest';
import { findingsOf, type Dossier, type Excerpt } from '#shared/dossiers/public.ts';
import type { Task } from '#shared/workflow/public.ts';
import { AgendaItemIdSchema, MeetingIdSchema } from '#shared/kernel/public.ts';
import { after, ask, codeOf } from '../../support/ask.ts';
import { aPerson, aTask, anIncoming, day, ids, mondayMorning } from '../../support/builders.ts';
import { aDossier } from '../../support/dossiers.ts';

const officer = aPerson({ roles: ['officer'] });
const doer = aPerson({ name: 'Bùi Thị Ngọc' });
const letter = anIncoming({ state: 'filed' });
const from = 'Họp giao ban';
const meeting = MeetingIdSchema.parse(ids.document());
const item = AgendaItemIdSchema.parse(ids.document());
const task: Task = {
  ...aTask({ person: doer.id, words: 'Trình quyết định', state: 'in-progress' }),
  document: null,
  meeting: { id: meeting, item, title: from },
};

function excerpt(given: Excerpt['conclusions'][number]['task']): Excerpt {
  const decision = { how: 'chair', passed: true, words: '', by: ids.person(), at: mondayMorning };
  const conclusions = [
    { words: task.words, owner: doer.id, dueOn: null, ...(given === undefined ? {} : { task: given }) },
  ];
  return { meeting, item, from, title: 'Khen thưởng', decision, conclusions, minutes: null };
}

const withWork = (given: Excerpt['conclusions'][number]['task'], over: Partial<Dossier> = {}) =>
  aDossier({
    maker: officer.id,
    items: [{ n: 1, document: letter.id }],
    last: 1,
    excerpts: [excerpt(given)],
    ...over,
  });

describe('what a meeting gave and is not done stands against closing the file it is about (NĐ 30 Đ29)', () => {
  const close = (
    dossier: Dossier,
    known: Readonly<{ tasks: readonly Task[]; dossiers?: readonly Dossier[] }>,
  ) =>
    ask('dossiers.close', {
      by: officer,
      body: { dossierId: dossier.id, endedOn: '2026-11-20' },
      known: {
        people: [officer, doer],
        documents: [letter],
        tasks: known.tasks,
        dossiers: [dossier, ...(known.dossiers ?? [])],
      },
    });

  test('until it is done or withdrawn, also when it is only awaited or paused', () => {
    const dossier = withWork(task.id);
    const codes = (['new', 'awaiting', 'paused', 'done', 'withdrawn'] as const).map((state) =>
      codeOf(close(dossier, { tasks: [{ ...task, state }] })),
    );
    const open = 'dossiers.meeting-task-open';
    expect(codes).toEqual([open, open, open, null, null]);
  });

  test('it is named with who has it and the meeting that gave it', () => {
    expect(close(withWork(task.id), { tasks: [task] })).toMatchObject({
      code: 'dossiers.meeting-task-open',
      params: { words: 'Trình quyết định', name: 'Bùi Thị Ngọc', from },
    });
  });

  test('in a part as well; a conclusion nobody was given stands against nothing', () => {
    const part = withWork(task.id);
    const whole = aDossier({ maker: officer.id, parts: [part.id] });
    expect(codeOf(close(whole, { tasks: [task], dossiers: [part] }))).toBe('dossiers.meeting-task-open');
    for (const none of [null, undefined]) {
      const dossier = withWork(none);
      expect(after('dossier', dossier, close(dossier, { tasks: [task] })).state).toBe('closed');
    }
  });

  test('whoever follows it is shown the way to it, and nobody else', () => {
    const found = (follows: boolean) =>
      findingsOf(
        {
          dossier: withWork(task.id),
          parts: [],
          list: null,
          document: () => letter,
          task: () => task,
          person: () => doer,
          reads: () => true,
          follows: () => follows,
        },
        { endedOn: day('2026-11-20'), today: mondayMorning },
      );
    expect(found(true)).toMatchObject([{ stops: true, mend: 'see-task', task: task.id, document: null }]);
    expect(found(false)).toMatchObject([{ stops: true, mend: 'none', task: task.id }]);
  });
});

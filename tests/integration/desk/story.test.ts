import { expect, test } from 'vitest';
import { documentPage } from '#electron/features/documents/pages.ts';
import { readingScope } from '#shared/directory/public.ts';
import { aFile, ids, someFields, unsignedCheck } from '../../support/builders.ts';
import { openOffice } from '../../support/office.ts';

test('the story of a paper tells what happened to its tasks, also when the paper stayed as it was', () => {
  const office = openOffice();
  const { staff, send, engine } = office;
  const documentId = ids.document();
  const taskId = ids.task();
  const suggestion = { fields: {}, confidence: {}, method: 'none' };
  const target = { taskId, documentId };
  send(staff.clerk.id, 'documents.receive', {
    documentId,
    file: aFile(),
    hasScript: false,
    suggestion,
    check: unsignedCheck,
  });
  send(staff.clerk.id, 'documents.registerIncoming', {
    documentId,
    fields: someFields(),
    presentTo: staff.head.id,
  });
  send(staff.head.id, 'workflow.direct', {
    documentId,
    words: 'Tham mưu trả lời',
    assignments: [{ task: taskId, role: 'lead', to: { kind: 'person', id: staff.officer.id }, dueOn: null }],
    inform: [],
  });
  send(staff.officer.id, 'workflow.acceptTask', target);
  send(staff.officer.id, 'workflow.reportProgress', { ...target, words: 'Đã gửi lấy ý kiến', percent: 40 });
  send(staff.officer.id, 'workflow.pauseTask', { ...target, reason: 'Chờ số liệu' });
  send(staff.officer.id, 'workflow.resumeTask', { ...target, words: '' });
  send(staff.officer.id, 'workflow.finishTask', { ...target, words: 'Đã xong' });
  send(staff.head.id, 'workflow.approveTask', { ...target, words: '' });

  const { timeline, document, entryHash } = documentPage(engine.db, readingScope(staff.officer), documentId);
  expect(document.state).toBe('done');
  expect(timeline.map(({ type }) => type)).toEqual([
    'incomingArrived',
    'incomingRegistered',
    'directionGiven',
    'taskGiven',
    'handlingStarted',
    'taskAccepted',
    'progressReported',
    'taskPaused',
    'taskResumed',
    'taskFinished',
    'taskPassedOn',
    'taskApproved',
    'handlingFinished',
  ]);
  expect(entryHash).toBe(engine.desk.log.head().hash);
});

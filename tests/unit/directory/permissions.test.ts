import { describe, expect, test } from 'vitest';
import { commandsByName } from '#shared/commands.ts';
import { contract } from '#shared/contract.ts';
import {
  isCallName,
  permissions,
  roles,
  whyNotCall,
  type CallName,
  type Role,
} from '#shared/directory/public.ts';
import { aPerson } from '../../support/builders.ts';

/**
 * Who may make each call, written out role by role and not derived from the table it checks: clerk, leader, chief,
 * unit head, officer, meeting secretary, archivist, administrator. `+` may, `.` may not.
 */
const matrix: Readonly<Record<CallName, string>> = {
  'session.agencies': '++++++++',
  'session.current': '++++++++',
  'session.signIn': '++++++++',
  'session.signOut': '++++++++',
  'session.trySample': '++++++++',
  'session.changePassphrase': '++++++++',
  'session.changes': '++++++++',
  'session.safety': '++++++++',

  'directory.found': '++++++++',
  'directory.overview': '++++++++',
  'directory.previewPeople': '.......+',
  'directory.importPeople': '.......+',
  'directory.givePassphrase': '.......+',
  'directory.clearLockOut': '.......+',
  'directory.recordCertificate': '.......+',
  'directory.describeAgency': '.......+',
  'directory.certifyAgency': '.......+',
  'directory.trustRoot': '.......+',
  'directory.distrustRoot': '.......+',
  'directory.arrangeProof': '.......+',
  'directory.describeUnit': '.......+',
  'directory.describePerson': '.......+',
  'directory.certifyPerson': '.......+',
  'directory.personLeaves': '.......+',
  'directory.personReturns': '.......+',
  'directory.delegate': '.++....+',
  'directory.revokeDelegation': '.++....+',

  'sync.readInvitation': '++++++++',
  'sync.join': '++++++++',
  'sync.rejoin': '++++++++',
  'sync.standing': '++++++++',
  'sync.refused': '++++++++',
  'sync.again': '++++++++',
  'sync.giveUp': '++++++++',
  'sync.devices': '.......+',
  'sync.invite': '.......+',
  'sync.inviteDevice': '.......+',
  'sync.enrolDevice': '++++++++',
  'sync.revokeDevice': '.......+',

  'documents.inbox': '++++++..',
  'documents.counts': '++++++..',
  'documents.incoming': '++++++..',
  'documents.outgoing': '++++++..',
  'documents.page': '++++++..',
  'documents.readFile': '++++++..',
  'documents.fileText': '++++++..',
  'documents.register': '+++.....',
  'documents.printRegister': '+.......',
  'documents.exportRegister': '+.......',
  'documents.readExport': '++++++..',
  'documents.beginUpload': '++++++..',
  'documents.appendUpload': '++++++..',
  'documents.receiveFile': '+.......',
  'documents.receive': '+.......',
  'documents.refuseSecret': '+.......',
  'documents.refuseIncoming': '+.......',
  'documents.registerIncoming': '+.......',
  'documents.correctRegistration': '+.......',
  'documents.number': '+.......',
  'documents.seal': '+.......',
  'documents.issue': '+.......',
  'documents.makeCopy': '+.......',
  'documents.voidCopy': '+.......',
  'documents.prove': '.......+',

  'drafting.templates': '++++++..',
  'drafting.exchange': '++++++..',
  'drafting.follow': '++++++..',
  'drafting.unsubmitted': '++++++..',
  'drafting.settleOwn': '++++++..',
  'drafting.nameCoWriters': '++++++..',
  'drafting.preview': '++++++..',
  'drafting.attach': '++++++..',
  'drafting.start': '++++++..',
  'drafting.describe': '++++++..',
  'drafting.addAttachment': '++++++..',
  'drafting.removeAttachment': '++++++..',
  'drafting.abandon': '++++++..',

  'workflow.overview': '++++....',
  'workflow.held': '++++....',
  'workflow.tasks': '++++++..',
  'workflow.submitDraft': '++++++..',
  'workflow.submit': '++++++..',
  'workflow.passStep': '++++++..',
  'workflow.returnDraft': '++++++..',
  'workflow.withdraw': '++++++..',
  'workflow.signFile': '++++++..',
  'workflow.sealFile': '+.......',
  'workflow.bringSigned': '++++++..',
  'workflow.takeSigned': '++++++..',
  'workflow.copyFile': '+.......',
  'workflow.signStep': '++++++..',
  'workflow.direct': '.++.....',
  'workflow.withdrawDirection': '.++.....',
  'workflow.assignTask': '.+++....',
  'workflow.acceptTask': '++++++..',
  'workflow.reportProgress': '++++++..',
  'workflow.finishTask': '++++++..',
  'workflow.returnTask': '++++++..',
  'workflow.pauseTask': '++++++..',
  'workflow.resumeTask': '++++++..',
  'workflow.approveTask': '.+++....',
  'workflow.rejectTask': '.+++....',
  'workflow.linkReply': '++++++..',

  'signing.keys': '++++++..',
  'signing.tokenKeys': '++++++..',
  'signing.keepKey': '++++++..',
  'signing.beginBatch': '++++++..',
  'signing.endBatch': '++++++..',
  'signing.picture': '++++++..',
  'signing.keepPicture': '++++++..',
  'signing.verify': '++++++..',
  'signing.report': '++++++..',
  'signing.sealReport': '+.......',
  'signing.tryTimestamps': '.......+',
  'signing.trust': '.......+',
  'signing.readRoots': '.......+',
  'signing.trustRoot': '.......+',
  'signing.keepRevocationList': '.......+',
  'signing.proofs': '.......+',
  'signing.proveNow': '.......+',
  'signing.stopProving': '.......+',

  'authority.overview': '.......+',
  'authority.begin': '.......+',
  'authority.showShare': '.......+',
  'authority.confirmShare': '.......+',
  'authority.cancel': '.......+',
  'authority.finish': '.......+',
  'authority.found': '.......+',
  'authority.issue': '.......+',
  'authority.certify': '.......+',
  'authority.revoke': '.......+',
  'authority.takeBack': '.......+',
  'authority.revocationList': '.......+',
  'authority.renewLevel': '.......+',
  'authority.replaceLevel': '.......+',

  'exchange.prepare': '+.......',
  'exchange.dispatch': '+.......',
  'exchange.issue': '+.......',
  'exchange.withdrawPrepared': '+.......',
  'exchange.askBack': '+.......',
  'exchange.answerRecall': '+.......',
  'exchange.returnDelivery': '+.......',
  'exchange.confirmPeer': '.......+',
  'exchange.endPeer': '.......+',
  'exchange.changeCard': '.......+',
  'exchange.meetPeer': '.......+',
  'exchange.recordSent': '.......+',
  'exchange.recordReceipt': '.......+',
  'exchange.expire': '.......+',
  'exchange.takeDelivery': '.......+',
  'exchange.turnAway': '.......+',
  'exchange.takeRecall': '.......+',

  'search.find': '++++++..',
};

const callsOnContract = Object.entries(contract).flatMap(([room, calls]) =>
  Object.keys(calls).map((call) => `${room}.${call}`),
);
const beforeAnybody = new Set([
  'session.agencies',
  'session.current',
  'session.signIn',
  'session.signOut',
  'session.trySample',
  'sync.readInvitation',
  'sync.join',
  'directory.found',
]);

describe('the one table of permissions', () => {
  test.each(callsOnContract)('says who may call %s', (call) => {
    expect(isCallName(call)).toBe(true);
  });

  test.each([...commandsByName.keys()])('says who may command %s', (command) => {
    expect(isCallName(command)).toBe(true);
  });

  test('has no line for what cannot be called', () => {
    const known = new Set([...callsOnContract, ...commandsByName.keys()]);
    expect(Object.keys(permissions).filter((call) => !known.has(call))).toEqual([]);
  });

  test.each(Object.entries(matrix))('%s: %s', (call, allowed) => {
    const may = (role: Role) => whyNotCall(call as CallName, aPerson({ roles: [role] })) === null;
    expect(roles.map((role) => (may(role) ? '+' : '.')).join('')).toBe(allowed);
  });

  test.each(Object.keys(matrix) as CallName[])('%s: signed in, and still here', (call) => {
    const isOpen = beforeAnybody.has(call);
    expect(whyNotCall(call, null)?.code).toBe(isOpen ? undefined : 'session.not-signed-in');
    const gone = aPerson({ roles: [...roles], active: false });
    expect(whyNotCall(call, gone)?.code).toBe(isOpen ? undefined : 'directory.person-left');
  });

  test('somebody with two roles may do what either may', () => {
    const both = aPerson({ roles: ['archivist', 'clerk'] });
    expect(whyNotCall('documents.number', both)).toBeNull();
    expect(whyNotCall('directory.describeUnit', both)?.code).toBe('directory.not-your-role');
  });
});

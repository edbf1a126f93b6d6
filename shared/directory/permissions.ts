import { refuse, type Refusal } from '../kernel/public.ts';
import { roles, type Person, type Role } from './model.ts';

type Allowed = readonly Role[] | 'everyone' | 'nobody-signed-in' | 'the-server';

const content: readonly Role[] = ['clerk', 'leader', 'chief', 'unit-head', 'officer', 'meeting-secretary'];
const clerk: readonly Role[] = ['clerk'];
const administrator: readonly Role[] = ['administrator'];
const directors: readonly Role[] = ['leader', 'chief'];

/**
 * Who may make each call of the contract: the one table (`design.md` 13). Which documents a person may then see or
 * act on is a second question, answered by `reading-scope.ts` and by each command's `decide`.
 */
export const permissions = {
  'session.agencies': 'nobody-signed-in',
  'session.current': 'nobody-signed-in',
  'session.signIn': 'nobody-signed-in',
  'session.signOut': 'nobody-signed-in',
  'session.beginIdentity': 'nobody-signed-in',
  'session.finishIdentity': 'nobody-signed-in',
  'session.trySample': 'nobody-signed-in',
  'session.changePassphrase': 'everyone',
  'session.changes': 'everyone',
  'session.safety': 'everyone',
  // Of a desk at which all sit in turn only by an administrator: that is asked where it is done.
  'session.arrangeBackups': 'everyone',

  // Not on the contract: done once, by setting an agency up on its own desk.
  'directory.found': 'nobody-signed-in',
  'directory.overview': 'everyone',
  'directory.previewPeople': administrator,
  'directory.importPeople': administrator,
  'directory.givePassphrase': administrator,
  'directory.clearLockOut': administrator,
  'directory.recordCertificate': administrator,
  'directory.describeAgency': administrator,
  'directory.certifyAgency': administrator,
  'directory.trustRoot': administrator,
  'directory.distrustRoot': administrator,
  'directory.arrangeProof': administrator,
  'directory.arrangeLeasing': administrator,
  'directory.arrangeIdentity': administrator,
  'directory.identifyPerson': administrator,
  'directory.describeUnit': administrator,
  'directory.describePerson': administrator,
  'directory.certifyPerson': administrator,
  'directory.personLeaves': administrator,
  'directory.personReturns': administrator,
  'directory.delegate': [...directors, 'administrator'],
  'directory.revokeDelegation': [...directors, 'administrator'],

  'sync.readInvitation': 'nobody-signed-in',
  'sync.join': 'nobody-signed-in',
  'sync.readAddress': 'nobody-signed-in',
  'sync.beginJoin': 'nobody-signed-in',
  'sync.finishJoin': 'nobody-signed-in',
  'sync.rejoin': 'everyone',
  'sync.standing': 'everyone',
  'sync.knowRepaired': 'everyone',
  'sync.pause': 'everyone',
  'sync.goOn': 'everyone',
  'sync.limits': 'everyone',
  'sync.setLimits': 'everyone',
  'sync.refused': 'everyone',
  'sync.again': 'everyone',
  'sync.giveUp': 'everyone',
  'sync.devices': administrator,
  'sync.invite': administrator,
  'sync.serverAddress': administrator,
  'sync.tryIdentity': administrator,
  'sync.arrangeIdentity': administrator,
  'sync.identifyPerson': administrator,
  'sync.inviteDevice': administrator,
  'sync.enrolDevice': 'everyone',
  // Not on the contract: given by the server itself, in the name of whoever works at the device.
  'sync.enrolByIdentity': 'everyone',
  'sync.certifyDevice': 'everyone',
  'sync.letRenew': administrator,
  'sync.revokeDevice': administrator,
  'sync.leases': ['clerk', 'administrator'],
  'sync.leaseNumbers': ['clerk', 'administrator'],
  'sync.returnLease': clerk,
  'sync.voidLease': administrator,
  // Sent by the server itself, in the name of whoever arranged or asked for it.
  'sync.expireLease': ['clerk', 'administrator'],

  'documents.inbox': content,
  'documents.counts': content,
  'documents.incoming': content,
  'documents.outgoing': content,
  'documents.page': content,
  'documents.readFile': content,
  'documents.fileText': content,
  'documents.register': ['clerk', 'leader', 'chief'],
  'documents.printRegister': clerk,
  'documents.exportRegister': clerk,
  'documents.readExport': content,
  'documents.beginUpload': content,
  'documents.appendUpload': content,
  'documents.receiveFile': clerk,
  'documents.openLetter': clerk,
  'documents.makeMail': clerk,
  'documents.receive': clerk,
  'documents.refuseSecret': clerk,
  'documents.refuseIncoming': clerk,
  'documents.registerIncoming': clerk,
  'documents.correctRegistration': clerk,
  'documents.number': clerk,
  'documents.seal': clerk,
  'documents.issue': clerk,
  'documents.makeCopy': clerk,
  'documents.voidCopy': clerk,
  // Sent by the office itself, on the order of whoever arranged it.
  'documents.prove': administrator,

  'drafting.templates': content,
  'drafting.exchange': content,
  'drafting.follow': content,
  'drafting.unsubmitted': content,
  'drafting.settleOwn': content,
  'drafting.nameCoWriters': content,
  'drafting.preview': content,
  'drafting.attach': content,
  'drafting.start': content,
  'drafting.describe': content,
  'drafting.addAttachment': content,
  'drafting.removeAttachment': content,
  'drafting.abandon': content,

  'workflow.overview': ['leader', 'chief', 'unit-head', 'clerk'],
  'workflow.held': ['leader', 'chief', 'unit-head', 'clerk'],
  'workflow.tasks': content,
  'workflow.submitDraft': content,
  'workflow.submit': content,
  'workflow.passStep': content,
  'workflow.returnDraft': content,
  'workflow.withdraw': content,
  'workflow.signFile': content,
  'workflow.sealFile': clerk,
  'workflow.copyFile': clerk,
  'workflow.signStep': content,
  'workflow.bringSigned': content,
  'workflow.takeSigned': content,
  'workflow.direct': directors,
  'workflow.withdrawDirection': directors,
  'workflow.assignTask': ['unit-head', 'leader', 'chief'],
  'workflow.acceptTask': content,
  'workflow.reportProgress': content,
  'workflow.finishTask': content,
  'workflow.returnTask': content,
  'workflow.pauseTask': content,
  'workflow.resumeTask': content,
  'workflow.approveTask': ['leader', 'chief', 'unit-head'],
  'workflow.rejectTask': ['leader', 'chief', 'unit-head'],
  'workflow.linkReply': content,

  'signing.keys': content,
  'signing.tokenKeys': content,
  'signing.keepKey': content,
  'signing.beginBatch': content,
  'signing.endBatch': content,
  'signing.picture': content,
  'signing.keepPicture': content,
  'signing.verify': content,
  'signing.report': content,
  'signing.sealReport': clerk,
  'signing.tryTimestamps': administrator,
  'signing.trust': administrator,
  'signing.readRoots': administrator,
  'signing.trustRoot': administrator,
  'signing.keepRevocationList': administrator,
  'signing.proofs': administrator,
  'signing.proveNow': administrator,
  'signing.stopProving': administrator,

  'authority.overview': administrator,
  'authority.begin': administrator,
  'authority.showShare': administrator,
  'authority.confirmShare': administrator,
  'authority.cancel': administrator,
  'authority.finish': administrator,
  'authority.found': administrator,
  'authority.issue': administrator,
  'authority.certify': administrator,
  'authority.revoke': administrator,
  'authority.takeBack': administrator,
  'authority.revocationList': administrator,
  'authority.renewLevel': administrator,
  'authority.replaceLevel': administrator,

  'dossiers.fileList': content,
  'dossiers.list': content,
  'dossiers.page': content,
  'dossiers.of': content,
  'dossiers.exportPackage': content,
  'dossiers.writeList': clerk,
  'dossiers.approveList': ['leader'],
  'dossiers.open': content,
  'dossiers.describe': content,
  'dossiers.file': content,
  'dossiers.takeOut': content,
  'dossiers.passOn': content,
  'dossiers.close': content,
  'dossiers.reopen': content,

  'exchange.peers': clerk,
  'exchange.preflight': clerk,
  'exchange.send': clerk,
  'exchange.consignments': content,
  'exchange.delivery': content,
  'exchange.prepare': clerk,
  'exchange.dispatch': clerk,
  'exchange.issue': clerk,
  'exchange.withdrawPrepared': clerk,
  'exchange.settle': clerk,
  'exchange.askBack': clerk,
  'exchange.answerRecall': clerk,
  'exchange.returnDelivery': clerk,
  'exchange.connections': administrator,
  'exchange.alarms': administrator,
  'exchange.confirmPeer': administrator,
  'exchange.endPeer': administrator,
  'exchange.changeCard': administrator,
  // Given by the gateway, which has seen every signature: in the agency's own name, and by no person whatever their role.
  'exchange.meetPeer': 'the-server',
  'exchange.recordSent': 'the-server',
  'exchange.recordReceipt': 'the-server',
  'exchange.expire': 'the-server',
  'exchange.takeDelivery': 'the-server',
  'exchange.turnAway': 'the-server',
  'exchange.takeRecall': 'the-server',

  'search.find': content,
} as const satisfies Readonly<Record<string, Allowed>>;

export type CallName = keyof typeof permissions;

/** Null when the person may make the call at all; otherwise the refusal that says who may. */
export function whyNotCall(call: CallName, person: Pick<Person, 'roles' | 'active'> | null): Refusal | null {
  const allowed: Allowed = permissions[call];
  if (allowed === 'nobody-signed-in') return null;
  if (person === null) return allowed === 'the-server' ? null : refuse('session.not-signed-in');
  if (!person.active) return refuse('directory.person-left');
  if (allowed === 'the-server') return refuse('directory.only-the-server');
  if (allowed === 'everyone' || person.roles.some((role) => allowed.includes(role))) return null;
  return refuse('directory.not-your-role', {
    roles: roles.filter((role) => allowed.includes(role)).join('+'),
  });
}

export function isCallName(name: string): name is CallName {
  return Object.hasOwn(permissions, name);
}

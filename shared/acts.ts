import type { AccessLogAct, StampsAct } from './access/public.ts';
import type { AgencyAct, DelegationAct, PersonAct, UnitAct } from './directory/public.ts';
import type { DocumentAct, RegisterAct } from './documents/public.ts';
import type {
  DisposalAct,
  DossierAct,
  FileListAct,
  HandOverAct,
  LockingAct,
  RetentionAct,
} from './dossiers/public.ts';
import type { ConsignmentAct, DeliveryAct, PeerAct } from './exchange/public.ts';
import type { Act, AggregateKind } from './kernel/public.ts';
import type { ReadingAct } from './reading/public.ts';
import type { AgendaItemAct, MeetingAct, MeetingBodyAct, ProposalAct, VoteAct } from './meetings/public.ts';
import type { AuthorityAct, CertificateAct } from './signing/public.ts';
import type { DeviceAct, InvitationAct } from './sync/public.ts';
import type { TaskAct } from './workflow/public.ts';

type ActOf = Readonly<{
  agency: AgencyAct;
  unit: UnitAct;
  person: PersonAct;
  delegation: DelegationAct;
  register: RegisterAct;
  document: DocumentAct;
  task: TaskAct;
  authority: AuthorityAct;
  certificate: CertificateAct;
  invitation: InvitationAct;
  device: DeviceAct;
  peer: PeerAct;
  consignment: ConsignmentAct;
  delivery: DeliveryAct;
  fileList: FileListAct;
  dossier: DossierAct;
  lock: LockingAct;
  retention: RetentionAct;
  disposal: DisposalAct;
  handOver: HandOverAct;
  accessLog: AccessLogAct;
  stamps: StampsAct;
  reading: ReadingAct;
  meetingBody: MeetingBodyAct;
  meeting: MeetingAct;
  agendaItem: AgendaItemAct;
  proposal: ProposalAct;
  vote: VoteAct;
}>;

/** Every act that this version can fold; the compiler holds the list to the acts there are. */
const known: Readonly<{ [Kind in AggregateKind]: Readonly<Record<ActOf[Kind]['type'], true>> }> = {
  agency: {
    agencyDescribed: true,
    agencyCertified: true,
    rootTrusted: true,
    rootDistrusted: true,
    proofArranged: true,
    leasingArranged: true,
    stampingArranged: true,
    identityArranged: true,
  },
  unit: { unitDescribed: true },
  person: {
    personDescribed: true,
    personCertified: true,
    personIdentified: true,
    personLeft: true,
    personReturned: true,
    personRightsConfirmed: true,
  },
  delegation: { authorityDelegated: true, delegationRevoked: true, delegationConfirmed: true },
  register: { numberGiven: true, numbersLeased: true, numberVoided: true, leaseEnded: true },
  document: {
    incomingArrived: true,
    secretTurnedAway: true,
    incomingRefused: true,
    incomingRegistered: true,
    registrationCorrected: true,
    directionGiven: true,
    directionWithdrawn: true,
    taskPassedOn: true,
    handlingStarted: true,
    handlingFinished: true,
    handlingReopened: true,
    replyLinked: true,
    incomingRecalled: true,
    draftStarted: true,
    draftDescribed: true,
    coWritersNamed: true,
    attachmentAdded: true,
    attachmentRemoved: true,
    draftAbandoned: true,
    draftSubmitted: true,
    stepPassed: true,
    draftReturned: true,
    draftReturnedToDrafter: true,
    draftWithdrawn: true,
    signedSentBack: true,
    draftSigned: true,
    documentNumbered: true,
    documentSealed: true,
    documentIssued: true,
    outgoingNoted: true,
    documentDispatched: true,
    documentRecalled: true,
    documentSucceeded: true,
    copyMade: true,
    copyVoided: true,
    documentProven: true,
    documentFiled: true,
    documentTakenOut: true,
    documentLocked: true,
    documentUnlocked: true,
    documentDestroyed: true,
    documentShown: true,
    documentOffered: true,
    documentLeftArchive: true,
  },
  task: {
    taskGiven: true,
    taskAssigned: true,
    taskAccepted: true,
    progressReported: true,
    taskFinished: true,
    taskApproved: true,
    taskRejected: true,
    taskReturned: true,
    taskPaused: true,
    taskResumed: true,
    taskWithdrawn: true,
  },
  authority: { authorityFounded: true, levelIssued: true, levelRevoked: true },
  certificate: { certificateIssued: true, certificateRevoked: true },
  invitation: { deviceInvited: true, invitationUsed: true },
  device: {
    deviceEnrolled: true,
    deviceCertified: true,
    deviceRenewalAllowed: true,
    deviceRevoked: true,
    leaseHeld: true,
    leaseLeft: true,
  },
  peer: {
    peerDescribed: true,
    peerReached: true,
    peerCardChanged: true,
    peerConfirmed: true,
    peerEnded: true,
  },
  consignment: {
    consignmentPrepared: true,
    consignmentQueued: true,
    consignmentSent: true,
    consignmentReported: true,
    consignmentAskedBack: true,
    consignmentWithdrawn: true,
    consignmentExpired: true,
    consignmentSettled: true,
  },
  delivery: {
    deliveryArrived: true,
    deliveryTurnedAway: true,
    deliveryAskedBack: true,
    deliverySucceeded: true,
    deliveryReturned: true,
    recallAgreed: true,
    recallDeclined: true,
  },
  fileList: { fileListWritten: true, fileListApproved: true, fileCodeTaken: true, fileCodeLeft: true },
  dossier: {
    dossierOpened: true,
    dossierDescribed: true,
    partOpened: true,
    itemsFiled: true,
    itemsTakenOut: true,
    excerptTaken: true,
    dossierPassedOn: true,
    dossierClosed: true,
    dossierReopened: true,
    dossierOffered: true,
    dossierGivenBack: true,
    dossierWithdrawn: true,
    dossierArchived: true,
    dossierKeptBack: true,
    dossierTransferred: true,
    dossierLocked: true,
    dossierUnlocked: true,
    dossierConsidered: true,
    dossierSpared: true,
    dossierDestroyed: true,
  },
  lock: { lockLaid: true, lockWidened: true, lockLifted: true },
  retention: { retentionArranged: true },
  disposal: {
    disposalProposed: true,
    disposalAppraised: true,
    disposalApproved: true,
    disposalCarriedOut: true,
    disposalDismissed: true,
  },
  handOver: {
    handOverOffered: true,
    filesGivenBack: true,
    handOverAccepted: true,
    handOverWithdrawn: true,
    minutesSigned: true,
  },
  accessLog: { accessFixed: true },
  stamps: { logStamped: true },
  reading: { readingAsked: true, readingLent: true, readingDeclined: true, readingEnded: true },
  meetingBody: {
    bodySetUp: true,
    membersSeated: true,
    termEnded: true,
    substitutesNamed: true,
    seriesArranged: true,
  },
  meeting: {
    meetingConvened: true,
    meetingDescribed: true,
    agendaArranged: true,
    meetingInvited: true,
    guestsInvited: true,
    invitationAnswered: true,
    chairHandedOver: true,
    meetingBegun: true,
    meetingEnded: true,
    meetingCancelled: true,
    checkInOpened: true,
    attendanceMarked: true,
    meetingLeft: true,
    proxyGiven: true,
    pageShown: true,
    speechAsked: true,
    speechCalled: true,
    speechEnded: true,
    minutesSigned: true,
    paperDrafted: true,
  },
  proposal: {
    proposalRaised: true,
    proposalReturned: true,
    proposalScheduled: true,
    proposalWithdrawn: true,
  },
  agendaItem: {
    itemPut: true,
    itemShown: true,
    paperKept: true,
    positionTaken: true,
    noteTaken: true,
    noteShared: true,
    voteHeld: true,
    itemDecided: true,
    conclusionDrawn: true,
  },
  vote: {
    voteOpened: true,
    voteKeyed: true,
    ballotCast: true,
    tokenTaken: true,
    votersReminded: true,
    boxClosed: true,
    boxOpened: true,
    voteClosed: true,
    voteDropped: true,
    boxLost: true,
  },
};

/** False for an act that a newer version made: it is kept, and folded once this one was brought up to date (`sync.md` 4.7). */
export function isKnownAct({ type, on }: Act): boolean {
  return Object.hasOwn(known, on.kind) && Object.hasOwn(known[on.kind], type);
}

export function isKnownKind(kind: string): kind is AggregateKind {
  return Object.hasOwn(known, kind);
}

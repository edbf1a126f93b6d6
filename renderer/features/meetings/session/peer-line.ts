import type { PersonId } from '#shared/kernel/public.ts';
import type { Signal } from '#shared/meetings/public.ts';
import { isThinLine, type LineLook } from './thin-line.ts';

type PeerParts = Readonly<{
  person: PersonId;
  tracks: () => readonly MediaStreamTrack[];
  say: (signal: Signal) => void;
  changed: () => void;
  /** It does not come back by itself. */
  lost: () => void;
}>;

const lostMs = 20_000;
/** So long an offer may be on its way and back, on a slow machine and line. */
const tryingMs = 8000;

/** The connection to one other window: two ways for voice and picture that are there from the start (RFC 8829). */
export class PeerLine {
  readonly person: PersonId;
  readonly stream = new MediaStream();
  readonly #parts: PeerParts;
  // Nobody outside is asked where this machine is: people sit in one network.
  readonly #connection = new RTCPeerConnection({ iceServers: [] });
  readonly #early: RTCIceCandidateInit[] = [];
  #before: LineLook | null = null;
  #triedAt = -Infinity;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(parts: PeerParts) {
    this.#parts = parts;
    this.person = parts.person;
    const connection = this.#connection;
    connection.addEventListener('icecandidate', ({ candidate }) => {
      if (candidate === null || candidate.candidate === '') return;
      const { sdpMid: mid, sdpMLineIndex: line } = candidate;
      parts.say({ is: 'way', candidate: candidate.candidate, mid, line });
    });
    connection.addEventListener('track', ({ track }) => {
      this.stream.addTrack(track);
      track.addEventListener('mute', parts.changed);
      track.addEventListener('unmute', parts.changed);
      parts.changed();
    });
    connection.addEventListener('connectionstatechange', () => {
      clearTimeout(this.#timer);
      const { connectionState: state } = connection;
      if (state === 'failed' || state === 'disconnected') {
        this.#timer = setTimeout(parts.lost, lostMs);
      }
      parts.changed();
    });
  }

  readonly isWell = (): boolean => {
    const { connectionState: state } = this.#connection;
    return state === 'connected' || state === 'connecting';
  };

  readonly isTrying = (): boolean => performance.now() - this.#triedAt < tryingMs;

  async offer(): Promise<void> {
    const connection = this.#connection;
    this.#triedAt = performance.now();
    if (connection.getTransceivers().length === 0) {
      connection.addTransceiver('audio', { direction: 'sendrecv' });
      connection.addTransceiver('video', { direction: 'sendrecv' });
      await this.send(this.#parts.tracks());
    } else connection.restartIce();
    await connection.setLocalDescription();
    this.#parts.say({ is: 'offer', sdp: connection.localDescription?.sdp ?? '' });
  }

  async take(signal: Exclude<Signal, { is: 'here' | 'gone' }>): Promise<void> {
    const connection = this.#connection;
    if (signal.is === 'way') {
      const { candidate, mid, line } = signal;
      const found = { candidate, sdpMid: mid, sdpMLineIndex: line };
      if (connection.remoteDescription === null) this.#early.push(found);
      else await connection.addIceCandidate(found);
      return;
    }
    if (signal.is === 'offer') this.#triedAt = performance.now();
    // The answer to an offer that another has taken the place of.
    else if (connection.signalingState !== 'have-local-offer') return;
    await connection.setRemoteDescription({ type: signal.is, sdp: signal.sdp });
    for (const found of this.#early.splice(0)) await connection.addIceCandidate(found);
    if (signal.is === 'answer') return;
    for (const one of connection.getTransceivers()) one.direction = 'sendrecv';
    await this.send(this.#parts.tracks());
    await connection.setLocalDescription();
    this.#parts.say({ is: 'answer', sdp: connection.localDescription?.sdp ?? '' });
  }

  /** Sends these and nothing else; no side has to agree anew. */
  async send(tracks: readonly MediaStreamTrack[]): Promise<void> {
    for (const { sender, receiver } of this.#connection.getTransceivers()) {
      await sender.replaceTrack(tracks.find(({ kind }) => kind === receiver.track.kind) ?? null);
    }
  }

  async isThin(): Promise<boolean> {
    const look = lookOf(await this.#connection.getStats());
    const before = this.#before;
    this.#before = look;
    return before !== null && isThinLine(before, look);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#connection.close();
  }
}

function lookOf(report: RTCStatsReport): LineLook {
  let look: LineLook = { packets: 0, lost: 0, bitsPerSecond: null };
  report.forEach((one: Readonly<Record<string, unknown>>) => {
    const number = (name: string): number => (typeof one[name] === 'number' ? one[name] : 0);
    if (one['type'] === 'inbound-rtp') {
      look = {
        ...look,
        packets: look.packets + number('packetsReceived'),
        lost: look.lost + number('packetsLost'),
      };
    }
    if (one['type'] === 'candidate-pair' && one['nominated'] === true && 'availableOutgoingBitrate' in one) {
      look = { ...look, bitsPerSecond: number('availableOutgoingBitrate') };
    }
  });
  return look;
}

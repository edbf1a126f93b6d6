import type { PersonId } from '#shared/kernel/public.ts';
import type { MeetingTelling, Signal } from '#shared/meetings/public.ts';
import type { MeetingLine } from './meeting-line.ts';
import { PeerLine } from './peer-line.ts';

/** Everybody sends to everybody: more than so many would need a conference service. */
export const mostInTalk = 8;

export type Tile = Readonly<{ person: PersonId; window: string; stream: MediaStream; isOn: boolean }>;

export type TalkState = Readonly<{
  isIn: boolean;
  /** Why one could not join, or is in with less than one wanted. */
  fault: 'full' | 'no-devices' | null;
  own: MediaStream | null;
  mic: boolean;
  camera: boolean;
  /** The line is too thin for pictures: voice only, until they are asked for again. */
  isThin: boolean;
  tiles: readonly Tile[];
}>;

const alone: TalkState = {
  isIn: false,
  fault: null,
  own: null,
  mic: true,
  camera: true,
  isThin: false,
  tiles: [],
};

const lookMs = 3000;
/** What is told on the way is kept nowhere: whoever was not heard says again that it is here, so often. */
const looksToHere = 3;
const thinTimes = 2;

type Other = NonNullable<Extract<MeetingTelling, { is: 'signal' }>['to']>;

/**
 * Voice and picture between the windows in a meeting, straight from one to the other over the agency's own network: no
 * server between them and none outside asked. The meeting's line only carries what connects them.
 */
export class MeetingTalk {
  readonly #line: MeetingLine;
  readonly #me: PersonId;
  readonly #window: string;
  readonly #peers = new Map<string, PeerLine>();
  readonly #listeners = new Set<() => void>();
  #state = alone;
  #timer: ReturnType<typeof setInterval> | undefined;
  #thinLooks = 0;
  #looks = 0;

  constructor(line: MeetingLine, me: PersonId, window: string) {
    this.#line = line;
    this.#me = me;
    this.#window = window;
  }

  /** Hears the others; what is given ends it, and the talk with it. */
  readonly open = (): (() => void) => {
    const stops = [
      this.#line.onTold(({ by, telling }) => {
        if (telling.is !== 'signal' || telling.from === this.#window) return;
        if (telling.to !== null && telling.to.window !== this.#window) return;
        if (this.#state.isIn) void this.#heard({ person: by, window: telling.from }, telling);
      }),
      this.#line.onOpen(() => {
        if (this.#state.isIn) this.#say(null, { is: 'here' });
      }),
    ];
    addEventListener('pagehide', this.leave);
    return () => {
      for (const stop of stops) stop();
      removeEventListener('pagehide', this.leave);
      this.leave();
    };
  };

  readonly state = (): TalkState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  readonly join = async (): Promise<void> => {
    const own = await openDevices({ audio: true, video: true });
    this.#put({
      ...alone,
      isIn: true,
      own,
      fault: own === null ? 'no-devices' : null,
      mic: own !== null && own.getAudioTracks().length > 0,
      camera: own !== null && own.getVideoTracks().length > 0,
    });
    this.#timer = setInterval(() => void this.#look(), lookMs);
    this.#say(null, { is: 'here' });
  };

  readonly leave = (): void => {
    if (!this.#state.isIn) return;
    this.#say(null, { is: 'gone' });
    clearInterval(this.#timer);
    for (const peer of this.#peers.values()) peer.close();
    this.#peers.clear();
    for (const track of this.#state.own?.getTracks() ?? []) track.stop();
    this.#put(alone);
  };

  readonly setMic = (mic: boolean): void => {
    for (const track of this.#state.own?.getAudioTracks() ?? []) track.enabled = mic;
    this.#put({ mic });
  };

  readonly setCamera = async (camera: boolean): Promise<void> => {
    for (const track of this.#state.own?.getVideoTracks() ?? []) track.enabled = camera;
    this.#thinLooks = 0;
    this.#put({ camera, isThin: false });
    await this.#send();
  };

  /** Takes another microphone or camera. */
  readonly choose = async (kind: 'audio' | 'video', deviceId: string): Promise<void> => {
    const before = this.#state.own;
    const chosen = await openDevices({ [kind]: { deviceId: { exact: deviceId } } });
    const [track] = chosen?.getTracks() ?? [];
    if (track === undefined) return;
    const kept = (before?.getTracks() ?? []).filter((one) => one.kind !== kind);
    for (const old of before?.getTracks() ?? []) if (old.kind === kind) old.stop();
    track.enabled = kind === 'audio' ? this.#state.mic : this.#state.camera;
    this.#put({ own: new MediaStream([...kept, track]) });
    await this.#send();
  };

  #put(part: Partial<TalkState>): void {
    this.#state = { ...this.#state, ...part };
    for (const listener of this.#listeners) listener();
  }

  #say(to: Other | null, signal: Signal): void {
    this.#line.tell({ is: 'signal', from: this.#window, to, signal });
  }

  async #heard(from: Other, { to, signal }: Extract<MeetingTelling, { is: 'signal' }>): Promise<void> {
    if (signal.is === 'gone') {
      this.#drop(from.window);
      return;
    }
    const peer = this.#peers.get(from.window) ?? this.#meet(from);
    if (peer === null) return;
    // Of two one offers, whoever comes later in the alphabet; the other says that it is here.
    if (signal.is === 'here') {
      if (peer.isWell() || peer.isTrying()) return;
      if (this.#window > from.window) await peer.offer();
      else if (to === null) this.#say(from, { is: 'here' });
      return;
    }
    await peer.take(signal);
  }

  #meet(from: Other): PeerLine | null {
    if (this.#peers.size >= mostInTalk - 1) {
      if (this.#state.tiles.length === 0) this.leave();
      this.#put({ fault: 'full' });
      return null;
    }
    // Somebody who began again in another window is not there twice.
    for (const { person, window } of this.#state.tiles) {
      if (person === from.person && person !== this.#me) this.#drop(window);
    }
    const peer = new PeerLine({
      tracks: () => this.#outgoing(),
      say: (signal) => this.#say(from, signal),
      changed: () => this.#tile(),
      lost: () => this.#drop(from.window),
      person: from.person,
    });
    this.#peers.set(from.window, peer);
    this.#tile();
    return peer;
  }

  #drop(window: string): void {
    this.#peers.get(window)?.close();
    if (this.#peers.delete(window)) this.#tile();
  }

  #tile(): void {
    const tiles = [...this.#peers].map(([window, { person, stream, isWell }]) => ({
      person,
      window,
      stream,
      isOn: isWell(),
    }));
    this.#put({ tiles });
  }

  #outgoing(): readonly MediaStreamTrack[] {
    const { own, camera, isThin } = this.#state;
    return (own?.getTracks() ?? []).filter(({ kind }) => kind === 'audio' || (camera && !isThin));
  }

  async #send(): Promise<void> {
    const tracks = this.#outgoing();
    await Promise.all([...this.#peers.values()].map((peer) => peer.send(tracks)));
  }

  /** Meets whoever was missed, and falls to voice only when pictures do not get through any more. */
  async #look(): Promise<void> {
    this.#looks += 1;
    if (this.#looks % looksToHere === 0) this.#say(null, { is: 'here' });
    const looks = await Promise.all([...this.#peers.values()].map((peer) => peer.isThin()));
    this.#thinLooks = looks.some(Boolean) ? this.#thinLooks + 1 : 0;
    if (this.#thinLooks < thinTimes || this.#state.isThin || !this.#state.camera) return;
    this.#put({ isThin: true });
    await this.#send();
  }
}

/** What of it there is: a machine without a camera still has a voice, and one without both still listens. */
async function openDevices(wanted: MediaStreamConstraints): Promise<MediaStream | null> {
  const ways = [wanted, { ...wanted, video: false }].filter(
    ({ audio, video }) => Boolean(audio) || Boolean(video),
  );
  for (const way of ways) {
    try {
      return await navigator.mediaDevices.getUserMedia(way);
    } catch {
      // Not there, or not allowed: with less, then.
    }
  }
  return null;
}

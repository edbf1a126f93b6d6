import { Button, Select } from '@mantine/core';
import {
  IconBroadcast,
  IconMicrophone,
  IconMicrophoneOff,
  IconPhoneOff,
  IconSettings,
  IconVideo,
  IconVideoOff,
} from '@tabler/icons-react';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { conferenceAddress, type Meeting } from '#shared/meetings/public.ts';
import { newId } from '../../../app/client.ts';
import { Note } from '../../../ui/gate.tsx';
import { useWords } from '../../../ui/use-words.ts';
import { useDirectory } from '../../directory/public.ts';
import { MeetingTalk, mostInTalk } from './meeting-talk.ts';
import type { MeetingLine } from './meeting-line.ts';
import type { Sitting } from './use-sitting.ts';

type TalkPartProps = Readonly<{ meeting: Meeting; me: Sitting['me']; line: MeetingLine }>;

/** Voice and picture between those who sit in different places, or where else they are to be had. */
export function TalkPart({ meeting, me, line }: TalkPartProps) {
  const words = useWords();
  const { nameOf } = useDirectory();
  const [talk] = useState(() => new MeetingTalk(line, me, newId()));
  useEffect(() => talk.open(), [talk]);
  const state = useSyncExternalStore(talk.subscribe, talk.state);
  const conference = conferenceAddress(meeting.place);
  return (
    <section aria-labelledby="sitting-talk">
      <h2 id="sitting-talk">{words('sitting.talk')}</h2>
      {conference !== null && (
        <p>
          <Button
            size="compact-sm"
            variant="default"
            component="a"
            href={conference}
            target="_blank"
            rel="noopener noreferrer"
            title={conference}
            leftSection={<IconBroadcast size="1rem" stroke={1.75} aria-hidden />}
          >
            {words('meetings.conference')}
          </Button>
        </p>
      )}
      {state.fault !== null && (
        <Note tone="soon">{words(`sitting.talk.${state.fault}`, { count: mostInTalk })}</Note>
      )}
      {state.isThin && <Note tone="soon">{words('sitting.talk.thin')}</Note>}
      {state.isIn ? (
        <>
          <ul className="sitting-tiles">
            <li>
              <Picture stream={state.own} isOwn label={words('sitting.talk.me')} />
            </li>
            {state.tiles.map(({ window, person, stream, isOn }) => (
              <li key={window}>
                <Picture
                  stream={stream}
                  label={isOn ? nameOf(person) : words('sitting.talk.connecting', { name: nameOf(person) })}
                />
              </li>
            ))}
          </ul>
          <TalkTools talk={talk} />
        </>
      ) : (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconVideo size="1rem" stroke={1.75} aria-hidden />}
          onClick={() => void talk.join()}
        >
          {words('sitting.talk.join')}
        </Button>
      )}
    </section>
  );
}

type PictureProps = Readonly<{ stream: MediaStream | null; label: string; isOwn?: boolean }>;

function Picture({ stream, label, isOwn = false }: PictureProps) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (video.current !== null) video.current.srcObject = stream;
  }, [stream]);
  return (
    <figure>
      {/* oxlint-disable-next-line jsx-a11y/media-has-caption -- people who speak now have no captions */}
      <video ref={video} autoPlay playsInline muted={isOwn} aria-label={label} />
      <figcaption className="one-line">{label}</figcaption>
    </figure>
  );
}

function TalkTools({ talk }: Readonly<{ talk: MeetingTalk }>) {
  const words = useWords();
  const { mic, camera, isThin, own } = useSyncExternalStore(talk.subscribe, talk.state);
  const [isChoosing, setChoosing] = useState(false);
  const isShown = camera && !isThin;
  return (
    <>
      <div className="sitting-talk-tools" role="toolbar" aria-label={words('sitting.talk.tools')}>
        <Button
          size="compact-sm"
          variant="default"
          aria-pressed={!mic}
          disabled={own?.getAudioTracks().length === 0}
          leftSection={
            mic ? <IconMicrophone size="1rem" aria-hidden /> : <IconMicrophoneOff size="1rem" aria-hidden />
          }
          onClick={() => {
            talk.setMic(!mic);
          }}
        >
          {words(mic ? 'sitting.talk.mute' : 'sitting.talk.unmute')}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          aria-pressed={!isShown}
          disabled={own === null || own.getVideoTracks().length === 0}
          leftSection={
            isShown ? <IconVideo size="1rem" aria-hidden /> : <IconVideoOff size="1rem" aria-hidden />
          }
          onClick={() => void talk.setCamera(!isShown)}
        >
          {words(isShown ? 'sitting.talk.hide' : 'sitting.talk.show')}
        </Button>
        <Button
          size="compact-sm"
          variant="subtle"
          aria-expanded={isChoosing}
          leftSection={<IconSettings size="1rem" aria-hidden />}
          onClick={() => {
            setChoosing(!isChoosing);
          }}
        >
          {words('sitting.talk.devices')}
        </Button>
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconPhoneOff size="1rem" aria-hidden />}
          onClick={talk.leave}
        >
          {words('sitting.talk.leave')}
        </Button>
      </div>
      {isChoosing && <Devices talk={talk} />}
    </>
  );
}

const kinds = { audio: 'audioinput', video: 'videoinput' } as const;

function Devices({ talk }: Readonly<{ talk: MeetingTalk }>) {
  const words = useWords();
  const { own } = useSyncExternalStore(talk.subscribe, talk.state);
  const [devices, setDevices] = useState<readonly MediaDeviceInfo[]>([]);
  useEffect(() => {
    const look = (): void => {
      navigator.mediaDevices.enumerateDevices().then(setDevices, () => undefined);
    };
    look();
    navigator.mediaDevices.addEventListener('devicechange', look);
    return () => {
      navigator.mediaDevices.removeEventListener('devicechange', look);
    };
  }, []);
  return (['audio', 'video'] as const).map((kind) => {
    const offered = devices.filter((one) => one.kind === kinds[kind] && one.deviceId !== '');
    const used =
      own
        ?.getTracks()
        .find((one) => one.kind === kind)
        ?.getSettings().deviceId ?? null;
    return (
      <Select
        key={kind}
        label={words(`sitting.talk.${kind}`)}
        allowDeselect={false}
        value={used}
        data={offered.map(({ deviceId, label }) => ({ value: deviceId, label }))}
        onChange={(id) => {
          if (id !== null) void talk.choose(kind, id);
        }}
      />
    );
  });
}

import { createHash } from 'node:crypto';
import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { AppError } from '../../kernel/public.ts';
import { ecdsaSignatureInDer, readCertificate, type SignerKey } from '../pdf-signing/public.ts';
import type { Answer, CallName, Calls, Question, Token } from './token-calls.ts';

/** The tokens that one vendor's module reaches. */
export type Tokens = Readonly<{
  /** Tokens in their readers, with their certificates; no PIN needed. */
  list: () => Promise<readonly Token[]>;
  /**
   * A key on a token, opened with its PIN for as many signatures as are wanted. The PIN is overwritten here at once
   * and there on closing. Errors: `signing.wrong-token-pin`, `signing.token-locked`, `signing.token-absent`.
   */
  openKey: (asked: Readonly<{ serial: string; keyId: string; pin: Uint8Array }>) => Promise<TokenKey>;
  close: () => void;
}>;
export type TokenKey = SignerKey & Readonly<{ close: () => Promise<void> }>;

const answerMs = 60_000; // a smart card signs within seconds; one that asks for a finger may take longer

/** Starts a process over a vendor's module when it is first asked; one that dies is started again. */
export function openTokens(modulePath: string): Tokens {
  let child: ChildProcess | null = null;
  let lastNumber = 0;

  function ask<Name extends CallName>(
    call: Name,
    asked: Calls[Name]['asked'],
  ): Promise<Calls[Name]['answer']> {
    const running = (child ??= start());
    lastNumber += 1;
    const question = { n: lastNumber, call, asked } as Question;
    return new Promise((resolve, reject) => {
      const end = (work: () => void): void => {
        clearTimeout(timer);
        running.off('message', onMessage);
        running.off('exit', onExit);
        work();
      };
      const onMessage = (message: unknown): void => {
        const answer = message as Answer;
        if (answer.n !== question.n) return;
        end(() => {
          if (answer.ok) resolve(answer.value as Calls[Name]['answer']);
          else reject(new AppError(answer.code, answer.params));
        });
        // A module whose token was pulled out may not find it again by itself.
        if (!answer.ok && answer.code === 'signing.token-fault') forget(running);
      };
      const onExit = (): void => {
        end(() => {
          reject(new AppError('signing.token-driver', { driver: modulePath }));
        });
      };
      const timer = setTimeout(() => {
        end(() => {
          running.kill('SIGKILL');
          reject(new AppError('signing.token-silent'));
        });
      }, answerMs);
      running.on('message', onMessage);
      running.once('exit', onExit);
      running.send(question);
    });
  }

  function forget(process: ChildProcess): void {
    if (child === process) child = null;
    process.kill('SIGKILL');
  }

  function start(): ChildProcess {
    const started = fork(join(import.meta.dirname, 'token-process.ts'), [modulePath], {
      serialization: 'advanced',
      execArgv: [],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    started.once('exit', () => {
      if (child === started) child = null;
    });
    return started;
  }

  async function openKey({ serial, keyId, pin }: Calls['open']['asked']): Promise<TokenKey> {
    const token = (await ask('list', null)).find((one) => one.serial === serial);
    const own = token?.certificates.find((one) => one.keyId === keyId);
    if (token === undefined || own === undefined) throw new AppError('signing.token-absent');
    const opened = ask('open', { serial, keyId, pin });
    pin.fill(0);
    const key = await opened;
    const opener = child;
    // Another process counts its keys anew: this number would be somebody else's there.
    const stillOpen = (): void => {
      if (child === null || child !== opener) throw new AppError('signing.token-absent');
    };
    const isRsa = readCertificate(own.certificate).publicKey.asymmetricKeyType === 'rsa';
    return {
      certificate: own.certificate,
      chain: [],
      algorithm: isRsa ? 'rsa-sha256' : 'ecdsa-sha256',
      sign: async (data) => {
        stillOpen();
        const digest = new Uint8Array(createHash('sha256').update(data).digest());
        const signature = await ask('sign', { key, digest });
        return isRsa ? signature : ecdsaSignatureInDer(signature);
      },
      close: async () => {
        stillOpen();
        await ask('close', { key });
      },
    };
  }

  return {
    list: () => ask('list', null),
    openKey,
    close: () => {
      child?.disconnect();
      child = null;
    },
  };
}

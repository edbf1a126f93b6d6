// The process that holds a token: a vendor's module runs here, so that its faults end nothing but this.
import { AppError } from '../../kernel/public.ts';
import { openCryptoki, type Cryptoki } from './cryptoki.ts';
import type { Answer, Question } from './token-calls.ts';

const modulePath = process.argv[2] ?? '';
let cryptoki: Cryptoki | null = null;

process.on('message', (message) => {
  const question = message as Question;
  process.send?.(answerTo(question));
});
process.on('disconnect', () => {
  cryptoki?.end();
  process.exit(0);
});
process.send?.('ready');

function answerTo(question: Question): Answer {
  try {
    return { n: question.n, ok: true, value: work(question) };
  } catch (error) {
    const { code, params } =
      error instanceof AppError ? error : new AppError('signing.token-driver', { driver: modulePath }, error);
    return { n: question.n, ok: false, code, params };
  }
}

function work({ call, asked }: Question): unknown {
  cryptoki ??= openCryptoki(modulePath);
  switch (call) {
    case 'list':
      return cryptoki.list();
    case 'open':
      return cryptoki.open(asked.serial, asked.keyId, asked.pin);
    case 'sign':
      return cryptoki.sign(asked.key, asked.digest);
    case 'close':
      cryptoki.close(asked.key);
      return null;
  }
}

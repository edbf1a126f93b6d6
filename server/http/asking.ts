import type { z } from 'zod';
import type { DeviceId } from '#shared/kernel/public.ts';
import type { Serving } from '../log/serving.ts';
import type { Sessions } from './sessions.ts';

/** Answered with its status and its code. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string) {
    super(code);
    this.status = status;
    this.code = code;
  }
}

/** Whom a request speaks for, by its token; null when nobody is known by it. */
export function speaker<Who extends string>(
  { sessions }: Readonly<{ sessions: Pick<Sessions<Who>, 'deviceOf'> }>,
  authorization: string | undefined,
): Who | null {
  const token = /^Bearer (?<token>[\w-]{43})$/u.exec(authorization ?? '')?.groups?.['token'];
  return token === undefined ? null : sessions.deviceOf(token);
}

export function checked<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const read = schema.safeParse(body);
  if (!read.success) throw new Refused(400, 'server.malformed');
  return read.data;
}

/** Refuses a device that is given nothing now, and says why. */
export async function mustBelieve(server: Pick<Serving, 'whyNotBelieve'>, device: DeviceId): Promise<void> {
  const not = await server.whyNotBelieve(device);
  if (not === 'person-left') throw new Refused(403, 'directory.person-left');
  if (not !== null) throw new Refused(401, `server.${not}`);
}

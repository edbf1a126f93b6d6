import { promisify } from 'node:util';
import { zstdCompress } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';

const pack = promisify(zstdCompress);

/** A shorter answer fits into the packet that it needs anyway. */
const leastBytes = 1024;

/** Answers with JSON, packed (RFC 8878) for whoever says that they can unpack it; beside the work of others. */
export async function sendPacked(
  request: FastifyRequest,
  reply: FastifyReply,
  answer: unknown,
): Promise<FastifyReply> {
  const bytes = Buffer.from(JSON.stringify(answer));
  void reply.type('application/json; charset=utf-8').header('vary', 'accept-encoding');
  const isPacked = bytes.length >= leastBytes && takesZstd(request.headers['accept-encoding']);
  if (!isPacked) return reply.send(bytes);
  return reply.header('content-encoding', 'zstd').send(await pack(bytes));
}

function takesZstd(accepts: unknown): boolean {
  return typeof accepts === 'string' && /(?:^|,)\s*zstd\s*(?:,|$)/u.test(accepts);
}

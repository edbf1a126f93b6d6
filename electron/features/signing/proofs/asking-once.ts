import { AppError } from '#shared/kernel/public.ts';
import type { TimestampService } from '#shared/node/pdf-signing/public.ts';

/** A service asked for the length of one round: who did not answer once is not waited for again. */
export function askingOnce(service: TimestampService): TimestampService {
  const silent = new Map<string, AppError>();
  return {
    ...service,
    ask: async (request) => {
      const known = silent.get(request.url);
      if (known !== undefined) throw known;
      try {
        return await service.ask(request);
      } catch (error) {
        if (error instanceof AppError) silent.set(request.url, error);
        throw error;
      }
    },
  };
}

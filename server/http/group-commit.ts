import type { PushReply, PushRequest } from '#shared/sync/public.ts';

type Waiting = Readonly<{
  request: PushRequest;
  /** Whether it came through its checks; whoever did not has been told. */
  checked: Promise<boolean>;
  resolve: (reply: PushReply) => void;
  reject: (error: unknown) => void;
}>;

type Parts = Readonly<{
  /** Begins with what can be checked of a push before its turn comes. */
  checkAhead: (request: PushRequest) => Promise<void>;
  pushAll: (requests: readonly PushRequest[]) => Promise<readonly PushReply[]>;
}>;

/**
 * Takes pushes together: what arrives while one commit runs goes into the next, and nobody is answered before the
 * commit that holds their commands. A failure is everybody's of that group, and none of it is kept. Checks begin when a
 * push arrives, and its group waits for them: what is written once for each group is half of what deciding costs.
 */
export function groupCommit(
  { checkAhead, pushAll }: Parts,
  mostCommands = 1000,
): (request: PushRequest) => Promise<PushReply> {
  let waiting: Waiting[] = [];
  let isDue = false;

  async function flush(): Promise<void> {
    while (waiting.length > 0) {
      const taken = takeSome();
      const isGood = await Promise.all(taken.map(({ checked }) => checked));
      const group = taken.filter((_one, place) => isGood[place]);
      try {
        const replies = await pushAll(group.map(({ request }) => request));
        for (const [place, { resolve, reject }] of group.entries()) {
          const reply = replies[place];
          if (reply === undefined) reject(new Error('A push went unanswered'));
          else resolve(reply);
        }
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    isDue = false;
  }

  function takeSome(): readonly Waiting[] {
    let commands = 0;
    let count = 0;
    for (const { request } of waiting) {
      if (count > 0 && commands + request.commands.length > mostCommands) break;
      commands += request.commands.length;
      count += 1;
    }
    const group = waiting.slice(0, count);
    waiting = waiting.slice(count);
    return group;
  }

  return (request) =>
    new Promise((resolve, reject) => {
      const checked = checkAhead(request).then(
        () => true,
        (error: unknown) => {
          reject(error);
          return false;
        },
      );
      waiting.push({ request, checked, resolve, reject });
      if (isDue) return;
      isDue = true;
      // Whoever arrives in the same moment is in the same group.
      setImmediate(() => void flush());
    });
}

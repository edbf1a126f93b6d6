import { AppError } from '#shared/kernel/public.ts';
import { signedIn } from '../../host/context.ts';
import { beginCeremony, cancelCeremony, confirmShare, finishCeremony, showShare } from './ceremonies.ts';
import { issueTo, revoke } from './issue-and-revoke.ts';
import { authorityOverview } from './overview.ts';
import { renewLevel } from './renew-level.ts';
import { freshenLists, listOf } from './revocation-lists.ts';

const on = signedIn.authority;
const done = { ok: true as const };

export const authorityHandlers = {
  overview: on.overview.handler(({ context: { signed } }) => authorityOverview(signed)),
  begin: on.begin.handler(({ input, context: { signed } }) => {
    beginCeremony(signed, input);
    return done;
  }),
  showShare: on.showShare.handler(({ input, context: { signed } }) => showShare(signed, input.keeper)),
  confirmShare: on.confirmShare.handler(({ input, context: { signed } }) => {
    confirmShare(signed, input.keeper, input.group);
    return done;
  }),
  cancel: on.cancel.handler(({ context: { signed } }) => {
    cancelCeremony(signed);
    return done;
  }),
  finish: on.finish.handler(({ input, context: { signed } }) => ({
    reply: finishCeremony(signed, input.commandId),
  })),
  issue: on.issue.handler(({ input, context: { signed } }) => {
    const { reply, p12 } = issueTo(signed, input);
    return { reply, file: p12 === null ? null : blobOf(p12) };
  }),
  revoke: on.revoke.handler(({ input, context: { signed } }) => ({ reply: revoke(signed, input) })),
  revocationList: on.revocationList.handler(({ input, context: { signed } }) => {
    freshenLists(signed.open.desk);
    const list = listOf(signed.open.desk, input.level);
    if (list === null) throw new AppError('signing.level-ended');
    return { file: blobOf(list) };
  }),
  renewLevel: on.renewLevel.handler(({ input, context: { signed } }) => ({
    reply: renewLevel(signed, input),
  })),
};

function blobOf(bytes: Uint8Array): Blob {
  return new Blob([new Uint8Array(bytes)]);
}

import { hostname } from 'node:os';
import { anyone, signedIn } from '../../host/context.ts';
import { askCommand } from '../../host/run-command.ts';
import { mustRead } from '../../sync/join.ts';
import { devicesOf, inviteDesk } from './devices.ts';
import { arrangeIdentity, identifyPerson, serverAddress, tryIdentity } from './identity.ts';
import { beginJoin, finishJoin, readPlace } from './join-by-identity.ts';
import { leasesOut } from './leases.ts';
import { joinAgency, rejoinAgency } from './join-agency.ts';
import { trafficLimits } from '../../store/traffic-limits.ts';
import { doAgain, giveUp, knowRepaired, mustBeShared, refusedOf, standingOf } from './standing.ts';

const on = signedIn.sync;

export const syncHandlers = {
  readInvitation: anyone.sync.readInvitation.handler(({ input }) => {
    const { agencyName, personName, post, url } = mustRead(input.text);
    return { agencyName, personName, post, host: new URL(url).host, machine: hostname() };
  }),
  join: anyone.sync.join.handler(({ input, context: { sessions } }) => joinAgency(sessions, input)),
  readAddress: anyone.sync.readAddress.handler(({ input }) => readPlace(input.text)),
  beginJoin: anyone.sync.beginJoin.handler(async ({ input, context: { sessions } }) => {
    const joining = await beginJoin(input, sessions.clock);
    sessions.joinings.keep(joining.flow, () => finishJoin(sessions, joining));
    return { flow: joining.flow.id, url: joining.flow.url };
  }),
  finishJoin: anyone.sync.finishJoin.handler(({ input, context: { sessions } }) =>
    sessions.joinings.finish(input.flow),
  ),
  rejoin: on.rejoin.handler(async ({ input, context: { signed, sessions } }) => {
    await rejoinAgency(signed, sessions, input.text);
    return { ok: true as const };
  }),
  standing: on.standing.handler(({ context: { signed } }) => ({ standing: standingOf(signed) })),
  pause: on.pause.handler(({ context: { signed } }) => {
    mustBeShared(signed).pause();
    return { ok: true as const };
  }),
  goOn: on.goOn.handler(({ context: { signed } }) => {
    mustBeShared(signed).goOn();
    return { ok: true as const };
  }),
  knowRepaired: on.knowRepaired.handler(({ context: { signed } }) => {
    knowRepaired(signed);
    return { ok: true as const };
  }),
  limits: on.limits.handler(({ context: { signed } }) => trafficLimits(signed.open.desk.db)),
  setLimits: on.setLimits.handler(({ input, context: { signed } }) => {
    mustBeShared(signed).limitTraffic(input);
    return { ok: true as const };
  }),
  refused: on.refused.handler(({ context: { signed } }) => ({ items: refusedOf(signed) })),
  again: on.again.handler(async ({ input, context: { signed } }) => ({
    reply: await doAgain(signed, input),
  })),
  giveUp: on.giveUp.handler(({ input, context: { signed } }) => {
    giveUp(signed, input.refused);
    return { ok: true as const };
  }),
  devices: on.devices.handler(({ context: { signed } }) => devicesOf(signed)),
  invite: on.invite.handler(({ input, context: { signed } }) => inviteDesk(signed, input)),
  serverAddress: on.serverAddress.handler(({ context: { signed } }) => ({ address: serverAddress(signed) })),
  tryIdentity: on.tryIdentity.handler(({ input, context: { signed } }) => tryIdentity(signed, input)),
  arrangeIdentity: on.arrangeIdentity.handler(async ({ input, context: { signed } }) => ({
    reply: await arrangeIdentity(signed, input),
  })),
  identifyPerson: on.identifyPerson.handler(async ({ input, context: { signed } }) => ({
    reply: await identifyPerson(signed, input),
  })),
  letRenew: on.letRenew.handler(askCommand),
  revokeDevice: on.revokeDevice.handler(askCommand),
  leases: on.leases.handler(({ context: { signed } }) => leasesOut(signed)),
  leaseNumbers: on.leaseNumbers.handler(askCommand),
  returnLease: on.returnLease.handler(askCommand),
  voidLease: on.voidLease.handler(askCommand),
};

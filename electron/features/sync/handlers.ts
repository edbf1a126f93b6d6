import { hostname } from 'node:os';
import { anyone, signedIn } from '../../host/context.ts';
import { askCommand } from '../../host/run-command.ts';
import { mustRead } from '../../sync/join.ts';
import { devicesOf, inviteDesk } from './devices.ts';
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
  letRenew: on.letRenew.handler(askCommand),
  revokeDevice: on.revokeDevice.handler(askCommand),
  leases: on.leases.handler(({ context: { signed } }) => leasesOut(signed)),
  leaseNumbers: on.leaseNumbers.handler(askCommand),
  returnLease: on.returnLease.handler(askCommand),
  voidLease: on.voidLease.handler(askCommand),
};

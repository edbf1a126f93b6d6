// A machine whose clock runs ahead by as many hours as it is told: loaded before the program.
const aheadMs = Number(process.env['ANTIN_TEST_HOURS_AHEAD'] ?? 0) * 3_600_000;
const { now } = Date;

Date.now = () => now() + aheadMs;

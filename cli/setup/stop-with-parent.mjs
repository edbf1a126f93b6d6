// Loaded before the host: when the starter is gone, even killed, the office must not stay open with nobody at it.
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));

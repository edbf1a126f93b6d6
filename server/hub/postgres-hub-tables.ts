/** The hub's own name leads every key, so that several may share a database. Instants are compared as texts, by their bytes. */
export const postgresHubTables = `
  CREATE TABLE IF NOT EXISTS hub (
    hub text PRIMARY KEY,
    writer_epoch bigint NOT NULL
  );
  CREATE TABLE IF NOT EXISTS hub_invitation (
    hub text NOT NULL,
    code_hash text NOT NULL,
    until text COLLATE "C" NOT NULL,
    used_by text,
    PRIMARY KEY (hub, code_hash)
  );
  CREATE TABLE IF NOT EXISTS hub_member (
    hub text NOT NULL,
    id text NOT NULL,
    body text NOT NULL,
    state text NOT NULL CHECK (state IN ('asked', 'joined', 'ended')),
    PRIMARY KEY (hub, id)
  );
  CREATE TABLE IF NOT EXISTS hub_parcel (
    hub text NOT NULL,
    sender text NOT NULL,
    id text NOT NULL,
    hash text NOT NULL CHECK (length(hash) = 64),
    recipient text NOT NULL,
    body text NOT NULL,
    PRIMARY KEY (hub, sender, id, hash)
  );
  CREATE TABLE IF NOT EXISTS hub_mailbox (
    hub text NOT NULL,
    recipient text NOT NULL,
    n bigint NOT NULL CHECK (n > 0),
    sender text NOT NULL,
    id text NOT NULL,
    hash text NOT NULL,
    at text COLLATE "C" NOT NULL,
    collected_at text COLLATE "C",
    PRIMARY KEY (hub, recipient, n)
  );
  CREATE INDEX IF NOT EXISTS hub_mailbox_by_parcel ON hub_mailbox (hub, sender, id, hash);
  CREATE TABLE IF NOT EXISTS hub_part (
    hub text NOT NULL,
    hash text NOT NULL,
    recipient text NOT NULL,
    sender text NOT NULL,
    id text NOT NULL,
    PRIMARY KEY (hub, hash, recipient, sender, id)
  );
  CREATE INDEX IF NOT EXISTS hub_part_by_parcel ON hub_part (hub, sender, id);
`;

/** All that a hub's file and its database have alike, by the name in the file; the database's begins with `hub_`. */
export const hubColumns = {
  invitation: ['code_hash', 'until', 'used_by'],
  member: ['id', 'body', 'state'],
  parcel: ['sender', 'id', 'hash', 'recipient', 'body'],
  mailbox: ['recipient', 'n', 'sender', 'id', 'hash', 'at', 'collected_at'],
  part: ['hash', 'recipient', 'sender', 'id'],
} as const;

/** The agency leads every key, so that the tables can be spread over machines by it. No sequence is ever a cursor. */
export const postgresTables = `
  CREATE TABLE IF NOT EXISTS agency (
    agency_id uuid PRIMARY KEY,
    head_seq bigint NOT NULL,
    head_hash text NOT NULL,
    writer_epoch bigint NOT NULL,
    stable_seq bigint NOT NULL
  );
  CREATE TABLE IF NOT EXISTS log (
    agency_id uuid NOT NULL,
    seq bigint NOT NULL,
    command_id uuid NOT NULL,
    entry text NOT NULL,
    hash text NOT NULL CHECK (length(hash) = 64),
    PRIMARY KEY (agency_id, seq),
    UNIQUE (agency_id, command_id)
  );
  CREATE TABLE IF NOT EXISTS aggregate (
    agency_id uuid NOT NULL,
    kind text NOT NULL,
    id text NOT NULL,
    version bigint NOT NULL CHECK (version > 0),
    state text NOT NULL,
    PRIMARY KEY (agency_id, kind, id)
  );
  CREATE TABLE IF NOT EXISTS touched (
    agency_id uuid NOT NULL,
    kind text NOT NULL,
    id text NOT NULL,
    seq bigint NOT NULL,
    PRIMARY KEY (agency_id, kind, id, seq)
  );
  CREATE TABLE IF NOT EXISTS scope_item (
    agency_id uuid NOT NULL,
    scope text NOT NULL,
    n bigint NOT NULL CHECK (n > 0),
    seq bigint NOT NULL,
    at bigint NOT NULL,
    entry text NOT NULL,
    sees text NOT NULL,
    hash text NOT NULL CHECK (length(hash) = 64),
    PRIMARY KEY (agency_id, scope, n)
  );
  CREATE INDEX IF NOT EXISTS scope_item_by_place ON scope_item (agency_id, scope, at, n);
  CREATE TABLE IF NOT EXISTS scope_sees (
    agency_id uuid NOT NULL,
    scope text NOT NULL,
    kind text NOT NULL,
    id text NOT NULL,
    PRIMARY KEY (agency_id, kind, id, scope)
  );
  CREATE TABLE IF NOT EXISTS draft_text (
    agency_id uuid NOT NULL,
    document uuid NOT NULL,
    state bytea NOT NULL,
    PRIMARY KEY (agency_id, document)
  );
  CREATE TABLE IF NOT EXISTS exchange_note (
    agency_id uuid NOT NULL,
    n bigint NOT NULL CHECK (n > 0),
    kind text NOT NULL,
    given text NOT NULL,
    PRIMARY KEY (agency_id, n)
  );
  CREATE TABLE IF NOT EXISTS access_line (
    agency_id uuid NOT NULL,
    desk text NOT NULL,
    n bigint NOT NULL CHECK (n > 0),
    at text NOT NULL,
    day text NOT NULL,
    person text NOT NULL,
    what text NOT NULL,
    kind text NOT NULL,
    about text NOT NULL,
    line text NOT NULL,
    hash text NOT NULL CHECK (length(hash) = 64),
    PRIMARY KEY (agency_id, desk, n)
  );
  CREATE INDEX IF NOT EXISTS access_by_time ON access_line (agency_id, at, desk, n);
  CREATE INDEX IF NOT EXISTS access_by_thing ON access_line (agency_id, kind, about, at);
  CREATE TABLE IF NOT EXISTS vote_key (
    agency_id uuid NOT NULL,
    vote uuid NOT NULL,
    sealed bytea NOT NULL,
    PRIMARY KEY (agency_id, vote)
  );
  CREATE TABLE IF NOT EXISTS secret_ballot (
    agency_id uuid NOT NULL,
    vote uuid NOT NULL,
    tag text NOT NULL,
    sealed bytea NOT NULL,
    PRIMARY KEY (agency_id, vote, tag)
  );
  CREATE TABLE IF NOT EXISTS desk (
    agency_id uuid NOT NULL,
    device uuid NOT NULL,
    last_dseq bigint NOT NULL,
    PRIMARY KEY (agency_id, device)
  );
`;

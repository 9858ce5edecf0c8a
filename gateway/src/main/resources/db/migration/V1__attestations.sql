-- What the API promised, and a view of how far each promise has come. The truth of packets is on the chains: rows
-- whose origin is 'chain' were read from there, and all of them can be read again.

create sequence attestation_change;

create table attestation (
    id           uuid primary key,
    seq          bigint generated always as identity unique,
    lane         bytea not null check (octet_length(lane) = 32),
    origin       text not null check (origin in ('api', 'chain')),
    request      bytea,                        -- the request in canonical JSON; absent when origin is 'chain'
    octets       bytea not null,               -- the attestation as the chains carry it
    timeout_ms   bigint not null check (timeout_ms > 0),
    state        text not null,
    outcome      text check (outcome in ('DELIVERED', 'EXPIRED', 'REFUSED')),
    reason       text,                         -- why it is parked
    lane_index   bigint check (lane_index >= 0),
    log_base     bigint,                       -- size of the lane log before the batch was handed to the chain
    submitted_at timestamptz,
    accepted_at  timestamptz not null,
    changed      bigint not null default nextval('attestation_change'),
    changed_xid  xid8 not null default pg_current_xact_id(),
    unique (lane, lane_index),
    check (lane_index is not null or state in ('ACCEPTED', 'SUBMITTED', 'PARKED'))
);

create index attestation_waiting on attestation (lane, seq) where lane_index is null and state in ('ACCEPTED', 'SUBMITTED');
create index attestation_under_way on attestation (lane, lane_index) where state not in ('ACKNOWLEDGED', 'PARKED');
create index attestation_changes on attestation (changed_xid, changed);

-- Readers of changes follow (changed_xid, changed) below the oldest running transaction, so that a transaction that
-- commits late is never skipped.
create function attestation_changed() returns trigger language plpgsql as $$
begin
    new.changed := nextval('attestation_change');
    new.changed_xid := pg_current_xact_id();
    return new;
end $$;

create trigger attestation_changed before update on attestation for each row execute function attestation_changed();

create table attestation_stage (
    attestation uuid not null references attestation (id) on delete cascade,
    stage       text not null,
    at          timestamptz not null,          -- when this gateway learnt of it
    chain       text,                          -- CAIP-2 name of the chain that height, tx and chain_ms belong to
    height      bigint,
    tx          bytea check (octet_length(tx) = 32),
    chain_ms    bigint,
    primary key (attestation, stage)
);

create table idempotency_key (
    key          text primary key check (length(key) between 1 and 255),
    request_hash bytea not null check (octet_length(request_hash) = 32),
    attestation  uuid not null references attestation (id),
    created_at   timestamptz not null
);

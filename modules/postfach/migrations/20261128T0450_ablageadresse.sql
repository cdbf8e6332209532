-- An address of an Akte or a Vorgang: mail to it comes by SMTP or LMTP from the town's own mail server. Renewed, the former one is unknown at once.
create table postfach.ablageadresse (
  mandant_id  uuid not null default platform.current_mandant(),
  id          uuid not null,
  objekt_typ  text not null check (objekt_typ in ('akte', 'vorgang')),
  objekt_id   uuid not null,
  token       text not null check (token ~ '^[a-z2-7]{24}$'),   -- unguessable; with the Mandant's mark it is the local part
  angelegt    timestamptz(3) not null default now(),
  beendet     timestamptz(3),
  primary key (mandant_id, id),
  constraint ablageadresse_token_einmal unique (mandant_id, token)
);
create unique index ablageadresse_eine on postfach.ablageadresse (mandant_id, objekt_typ, objekt_id) where beendet is null;
select platform.protect('postfach.ablageadresse');

-- Who may file by mail alone. One row a Mandant; none: as the defaults say.
create table postfach.einstellung (
  mandant_id         uuid not null default platform.current_mandant(),
  id                 uuid not null,
  version            int not null default 1,
  ablage             text not null default 'mitarbeitende' check (ablage in ('niemand', 'mitarbeitende', 'alle')),
  automatik_ablegen  boolean not null default true,          -- bounces and the like go to the Vorgang they answer, by themselves
  primary key (mandant_id)
);
select platform.protect('postfach.einstellung');

alter table postfach.nachricht add adresse_id uuid,
  add automatik text,                                         -- written by no person: what kind (aufbereitung, automatik.ts)
  add entschieden timestamptz(3),                             -- whether it files itself: asked once, when it has been read
  add constraint nachricht_zustellung_einmal unique (mandant_id, adresse_id, sha256),
  add constraint nachricht_adresse foreign key (mandant_id, adresse_id) references postfach.ablageadresse (mandant_id, id);

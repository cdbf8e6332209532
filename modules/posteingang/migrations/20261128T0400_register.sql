-- The register (PE-01, PE-03 to PE-05): every Eingang is in exactly one state and one basket at any time, and which were before stands in its trail.
alter table posteingang.eingang no force row level security;
alter table posteingang.eingang disable trigger ereignis_pflicht;

alter table posteingang.eingang
  drop constraint eingang_kanal_check, drop constraint eingang_status_check, drop constraint eingang_erledigt_ganz,
  add constraint eingang_kanal_check check (kanal in ('papier', 'e_mail', 'de_mail', 'fit_connect', 'bebpo', 'fachverfahren', 'fax', 'portal', 'upload', 'ordner', 'telefon', 'schalter')),
  add constraint eingang_status_check check (status in ('erfasst', 'verteilt', 'in_bearbeitung', 'zugeordnet', 'zurueckgewiesen', 'weitergeleitet', 'vernichtet')),
  add kennung         text,                                   -- what the channel calls it (Message-ID, submissionId …): the same one makes no second Eingang (PE-06)
  add verschlossen    text,                                   -- PE-05: why only the OE named may open it, e.g. »Personalrat«
  add station         int not null default 1,                 -- where in its trail it stands
  add seit            timestamptz(3) not null default now(),  -- since when there
  add faellig         timestamptz(3),                         -- when somebody should have taken it at the latest
  add gemeldet        timestamptz(3),                         -- when that was told
  add empfaenger      text,                                   -- weitergeleitet: who has it now, by which way, and why
  add versandweg      text,
  add weiterleitungsgrund text,
  add vernichtet      timestamptz(3),
  add vernichtet_aus  text;                                   -- the state it ended in, which the Bilanz goes on counting

update posteingang.eingang set seit = coalesce(erledigt, eingegangen), station = case when status = 'erfasst' then 1 else 2 end,
  status = case when status = 'in_bearbeitung' then 'verteilt' else status end, bearbeiter_id = null;

alter table posteingang.eingang
  -- at most one person, and only while it is in hand
  add constraint eingang_eine_person check ((status = 'in_bearbeitung') = (bearbeiter_id is not null)),
  -- filed = in an Akte with its Dokument; rejected and sent on = with who, how and why; destroyed = out of one of these; nothing else is done with
  add constraint eingang_erledigt_ganz check (
    case status when 'zugeordnet' then dokument_id is not null and akte_id is not null and erledigt is not null and vernichtet is null
      when 'zurueckgewiesen' then zurueckweisungsgrund is not null and erledigt is not null and dokument_id is null and vernichtet is null
      when 'weitergeleitet' then empfaenger is not null and versandweg is not null and weiterleitungsgrund is not null and erledigt is not null and dokument_id is null and vernichtet is null
      when 'vernichtet' then erledigt is not null and dokument_id is null and vernichtet is not null and vernichtet_aus is not null and vernichtet_aus in ('zurueckgewiesen', 'weitergeleitet')
      else erledigt is null and dokument_id is null and vernichtet is null end);
create unique index eingang_kennung_eindeutig on posteingang.eingang (mandant_id, kanal, kennung) where kennung is not null;
-- what is open: few beside all that has come in over the years
create index eingang_offen on posteingang.eingang (mandant_id, schutz_id, eingegangen desc, id) where status in ('erfasst', 'verteilt', 'in_bearbeitung');
create index eingang_faellig on posteingang.eingang (mandant_id, faellig) where status in ('erfasst', 'verteilt') and faellig is not null;

-- Who had it, from when, how it came there, and why. Written once; `vorher` is the state of the station before, so that no step is possible which the
-- list of steps does not know, whoever writes it.
create table posteingang.station (
  mandant_id              uuid not null default platform.current_mandant(),
  eingang_id              uuid not null,
  nummer                  int not null check (nummer >= 1),
  status                  text not null check (status in ('erfasst', 'verteilt', 'in_bearbeitung', 'zugeordnet', 'zurueckgewiesen', 'weitergeleitet', 'vernichtet')),
  organisationseinheit_id uuid not null,
  benutzer_id             uuid,
  von                     timestamptz(3) not null default now(),
  schritt                 text not null check (schritt in ('eingegangen', 'verteilt', 'uebernommen', 'zurueckgelegt', 'weitergegeben', 'irrlaeufer', 'abgelegt', 'zurueckgewiesen', 'weitergeleitet', 'wieder_aufgenommen', 'vernichtet')),
  grund                   text,
  urheber_id              uuid,
  vorige                  int,
  vorher                  text,
  primary key (mandant_id, eingang_id, nummer),
  constraint station_stand unique (mandant_id, eingang_id, nummer, status, organisationseinheit_id),
  constraint station_status unique (mandant_id, eingang_id, nummer, status),
  foreign key (mandant_id, eingang_id) references posteingang.eingang (mandant_id, id) deferrable initially deferred,
  foreign key (mandant_id, organisationseinheit_id) references organisation.organisationseinheit (mandant_id, id),
  foreign key (mandant_id, eingang_id, vorige, vorher) references posteingang.station (mandant_id, eingang_id, nummer, status),
  constraint station_folgt check (case when nummer = 1 then vorige is null and vorher is null else vorige is not null and vorige = nummer - 1 and vorher is not null end),
  constraint station_schritt check (
    case coalesce(vorher, '')
      when '' then status in ('erfasst', 'verteilt')
      when 'erfasst' then status in ('erfasst', 'verteilt', 'in_bearbeitung', 'zugeordnet', 'zurueckgewiesen', 'weitergeleitet')
      when 'verteilt' then status in ('erfasst', 'verteilt', 'in_bearbeitung', 'zugeordnet', 'zurueckgewiesen', 'weitergeleitet')
      when 'in_bearbeitung' then status in ('erfasst', 'verteilt', 'zugeordnet', 'zurueckgewiesen', 'weitergeleitet')
      when 'zurueckgewiesen' then status in ('erfasst', 'verteilt', 'vernichtet')
      when 'weitergeleitet' then status in ('erfasst', 'verteilt', 'vernichtet')
      else false end),
  -- what is done with does not come back by being passed on
  constraint station_wieder check (vorher is null or vorher not in ('zurueckgewiesen', 'weitergeleitet') or schritt in ('wieder_aufgenommen', 'vernichtet'))
);
insert into posteingang.station (mandant_id, eingang_id, nummer, status, organisationseinheit_id, von, schritt)
  select mandant_id, id, 1, 'erfasst', organisationseinheit_id, eingegangen, 'eingegangen' from posteingang.eingang;
insert into posteingang.station (mandant_id, eingang_id, nummer, status, organisationseinheit_id, von, schritt, grund, urheber_id, vorige, vorher)
  select mandant_id, id, 2, status, organisationseinheit_id, seit, case status when 'zugeordnet' then 'abgelegt' when 'verteilt' then 'verteilt' else 'zurueckgewiesen' end, zurueckweisungsgrund, erledigt_von, 1, 'erfasst'
    from posteingang.eingang where status <> 'erfasst';
set constraints all immediate;
select platform.protect('posteingang.station', 'select, insert');
-- The row and the end of its trail say the same state and the same OE, or nothing is written.
alter table posteingang.eingang add constraint eingang_station foreign key (mandant_id, id, station, status, organisationseinheit_id)
  references posteingang.station (mandant_id, eingang_id, nummer, status, organisationseinheit_id) deferrable initially deferred;

-- What the channel delivered beside the main content: enclosures of the letter, files of a submission.
create table posteingang.anlage (
  mandant_id uuid not null default platform.current_mandant(),
  eingang_id uuid not null,
  nummer     int not null,
  inhalt_id  uuid not null,
  primary key (mandant_id, eingang_id, nummer),
  unique (mandant_id, inhalt_id),
  foreign key (mandant_id, eingang_id) references posteingang.eingang (mandant_id, id),
  foreign key (mandant_id, inhalt_id) references ablage.inhalt (mandant_id, id)
);
select platform.protect('posteingang.anlage', 'select, insert');

-- What may never be opened centrally (PE-05), and whose it is: recognised by words in address, Absender, Betreff or name of the file.
create table posteingang.ausnahme (
  mandant_id              uuid not null default platform.current_mandant(),
  id                      uuid not null,
  bezeichnung             text collate organisation.deutsch not null,
  organisationseinheit_id uuid not null,
  merkmale                text[] not null default '{}',
  version                 int not null default 1,
  primary key (mandant_id, id),
  constraint ausnahme_bezeichnung_eindeutig unique (mandant_id, bezeichnung),
  foreign key (mandant_id, organisationseinheit_id) references organisation.organisationseinheit (mandant_id, id)
);
select platform.protect('posteingang.ausnahme', 'select, insert, update, delete');

-- Hours on working days after which an Eingang that nobody took is told of: where it waits to be distributed, and in the basket of an OE.
-- Months for which the content of what was rejected or sent on is kept.
alter table posteingang.einstellung alter organisationseinheit_id drop not null,
  add frist_zentral     int not null default 24 check (frist_zentral between 1 and 2000),
  add frist_oe          int not null default 48 check (frist_oe between 1 and 2000),
  add vernichtung_monate int not null default 12 check (vernichtung_monate between 1 and 360);

alter table posteingang.eingang enable trigger ereignis_pflicht;
alter table posteingang.eingang force row level security;

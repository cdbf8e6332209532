-- Ways out of one's own Mandant, each with its reason: docs/betrieb/skalierung.md, platform/server/verteilung.ts.
comment on function betrieb.count_auftraege is 'Verbund: numbers of all jobs, for the metrics of the installation';
comment on function betrieb.delete_auftrag is 'Verbund: removes a failed job of one’s own Mandant; the Verbund any';
comment on function betrieb.get_datenbank is 'Verbund: version and size of the database';
comment on function betrieb.list_auftraege is 'Verbund: jobs of one’s own Mandant; the Verbund sees all';
comment on function betrieb.retry_auftrag is 'Verbund: runs a failed job of one’s own Mandant again; the Verbund any';

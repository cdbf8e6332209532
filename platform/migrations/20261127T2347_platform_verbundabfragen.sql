-- Ways out of one's own Mandant, each with its reason: docs/betrieb/skalierung.md, platform/server/verteilung.ts.
comment on function platform.enqueue is 'Verbund: the queue is one for the installation; the Mandant comes from the transaction';
comment on function platform.enqueue_all is 'Verbund: the queue is one for the installation; the Mandant comes from the transaction';
comment on function platform.list_migrationen is 'Verbund: which migrations this database has seen';

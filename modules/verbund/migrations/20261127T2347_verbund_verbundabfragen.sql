-- Ways out of one's own Mandant, each with its reason: docs/betrieb/skalierung.md, platform/server/verteilung.ts.
comment on function verbund.enqueue_bei is 'Verbund: tells another Mandant by a job of this module; the Mandant of the sender goes with it';

import { defineErrors } from '#platform/server/errors.ts';

export const FreigabeErrors = defineErrors('freigabe', {
  subjekt_unbekannt: { status: 422, title: 'Wem das freigegeben werden soll, gibt es hier nicht' },
  oe_aufgeloest: { status: 422, title: 'Diese Organisationseinheit ist aufgelöst; ihr gehört niemand mehr an' },
  objekt_unbekannt: { status: 422, title: 'Was freigegeben werden soll, gibt es hier nicht' },
  zeitraum_verkehrt: { status: 422, title: 'Das Ende der Freigabe muss nach ihrem Anfang und in der Zukunft liegen' },
  ueberschneidet: { status: 409, title: 'Hier gilt für denselben Empfänger schon eine Freigabe mit anderer Frist; entziehen Sie diese zuerst' },
  selbst: { status: 409, title: 'Sich selbst kann niemand etwas freigeben; bitte jemand anderen darum' },
});
export const SchutzbereichErrors = defineErrors('schutzbereich', {
  wurzel: { status: 409, title: 'Über dem obersten Schutzbereich ist nichts, was er erben könnte' },
  vs_nfd_aus: { status: 409, title: 'Dieser Mandant führt keine Verschlusssachen: Die Geheimschutzbeauftragte hat VS-NfD nicht freigegeben' },
  vs_nfd_vorhanden: { status: 409, title: 'Es gibt noch Schutzbereiche der Klasse VS-NfD; erst ohne sie lässt sich VS-NfD ausschalten' },
  enthaelt_vs_nfd: { status: 409, title: 'Darin ist etwas als VS-NfD eingestuft, das in einem Schutzbereich dieser Klasse stehen muss' },
  schon_gesperrt: { status: 409, title: 'Der Zugriff ist bereits gesperrt' },
  nicht_gesperrt: { status: 409, title: 'Der Zugriff ist hier nicht gesperrt' },
  kreis: { status: 409, title: 'Ein Schutzbereich kann nicht unter sich selbst oder etwas liegen, das unter ihm liegt' },
});

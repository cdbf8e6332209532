import { falte } from './falten.ts';

/** Words that stand in every text: not in the index, but they keep their place, so that »Treu und Glauben« is still a phrase. */
const WORDS = `der die das den dem des ein eine einer eines einem einen und oder aber als auch an am auf aus bei beim bis da damit dann dass daß dazu
dein denn diese dieser dieses diesem diesen doch dort du durch er es euch für gegen hat hatte haben habe hier hin ich ihr ihre ihrem ihren ihrer ihres
ihm ihn im in ins ist ja jede jeder jedes jedem jeden jene jener kann kein keine keiner keinem keinen können man mein meine mich mir mit muss müssen
nach nicht nichts noch nun nur ob ohne sich sie sind so sofern sonst soweit sowie über um uns unser unter vom von vor war waren was weil wenn wer werde werden
wie wieder will wir wird worden wurde wurden zu zum zur zwar zwischen seien sei sein seine seiner seinem seinen seines welche welcher welches welchem
welchen wo während wegen weder bzw usw etc bereits dabei daher darf dürfen darauf daraus darin darüber davon demnach deren dessen ebenso etwa falls hierzu hierbei
hiermit indem insbesondere jedoch mehr nachdem neben sodass somit sondern solche solcher soll sollen statt trotz wobei wodurch wonach`;
const known = new Set(WORDS.split(/\s+/).map(falte));
export const istStoppwort = (gefaltet: string) => known.has(gefaltet);

import { useEffect, useRef, useState } from 'react';

/** What is typed is seen at once and told when the typing pauses: an address that follows every letter loses some of a quick typist's. */
export function useTippen(wert: string, onWert: (wert: string) => void, pause = 300) {
  const [text, setText] = useState(wert);
  const uhr = useRef<ReturnType<typeof setTimeout>>(undefined);
  const gesagt = useRef(wert);
  useEffect(() => { if (wert !== gesagt.current) { gesagt.current = wert; setText(wert); } }, [wert]);
  useEffect(() => () => clearTimeout(uhr.current), []);
  const sage = (neu: string) => { clearTimeout(uhr.current); gesagt.current = neu; onWert(neu); };
  return {
    text, sofort: () => sage(text.trim()),
    tippe(neu: string) { setText(neu); clearTimeout(uhr.current); uhr.current = setTimeout(() => sage(neu.trim()), pause); },
  };
}

import { Fragment } from 'react';
import { keyCaps } from './keys.ts';
import { useWords } from './use-words.ts';

/** Keys drawn as keys: `Ctrl` `K`, or `G` then `D`. */
export function KeyCaps({ keys }: Readonly<{ keys: string }>) {
  const words = useWords();
  return (
    <span className="key-caps">
      {keyCaps(keys).map((caps, press) => (
        <Fragment key={caps.join('+')}>
          {press > 0 && <span className="then">{words('ui.shortcuts.then')}</span>}
          {caps.map((cap) => (
            <kbd key={cap}>{cap}</kbd>
          ))}
        </Fragment>
      ))}
    </span>
  );
}

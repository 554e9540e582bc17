import { flushSync, mount, unmount } from 'svelte';
import InsidePage from './InsidePage.svelte';
import { Inside, type InsideStart } from './inside.svelte';

export { warmUpConnections } from '../../media/warm_up';

/** Reads and changes the size of text, which the door knows too. */
export interface TextSize {
  get: () => string;
  set: (size: string) => void;
}

/** The meeting and what is drawn of it; outside the document until somebody puts it there. */
export interface Stage {
  inside: Inside;
  element: HTMLElement;
  /** Takes it all down again. */
  strike: () => void;
}

/**
 * Makes and draws a meeting that nobody is in yet: what would hold up the first picture, the browser has
 * done by then.
 */
export function setStage(start: InsideStart, textSize: TextSize): Stage {
  const inside = new Inside(start);
  const element = document.createElement('div');
  const props = {
    inside,
    get textSize() {
      return textSize.get();
    },
    ontextsize: textSize.set,
  };
  const page = mount(InsidePage, { target: element, props });
  flushSync();
  return {
    inside,
    element,
    strike: () => {
      inside.giveUp();
      void unmount(page);
      element.remove();
    },
  };
}

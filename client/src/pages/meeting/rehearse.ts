import { flushSync, mount, unmount } from 'svelte';
import { warmUpConnections } from '../../media/warm_up';
import Rehearsal from './Rehearsal.svelte';

/**
 * Draws the stage's pieces once outside the document, so that the browser has compiled them before the
 * first picture waits for them.
 */
export function rehearse(): void {
  const target = document.createElement('div');
  const rehearsal = mount(Rehearsal, { target });
  flushSync();
  void unmount(rehearsal);
  void warmUpConnections();
}

import type { Role } from './meeting';
import type { Person, Source } from './people';

export type Action =
  | 'speak'
  | 'show'
  | 'share'
  | 'write'
  | 'rename_self'
  | 'mute_others'
  | 'remove'
  | 'rename_others'
  | 'lock'
  | 'end';

const EVERYONE: readonly Action[] = ['write', 'rename_self'];
const PARTICIPANT: readonly Action[] = [...EVERYONE, 'speak', 'show', 'share'];
const HOST: readonly Action[] = [
  ...PARTICIPANT,
  'mute_others',
  'remove',
  'rename_others',
  'lock',
  'end',
];

/** What each role may do. The server decides; this only keeps the page from offering more. */
const ALLOWED: Readonly<Record<Role, readonly Action[]>> = {
  host: HOST,
  participant: PARTICIPANT,
  viewer: EVERYONE,
};

export function may(role: Role, action: Action): boolean {
  return ALLOWED[role].includes(action);
}

export type PersonAction = 'mute' | 'stop_camera' | 'stop_share' | 'rename' | 'remove';

/** What someone of `role` may do to `person` now; nothing is offered that would change nothing. */
export function actionsOn(role: Role, person: Person): PersonAction[] {
  if (person.self) {
    return may(role, 'rename_self') ? ['rename'] : [];
  }
  const actions: PersonAction[] = [];
  if (may(role, 'mute_others')) {
    const running = (source: Source) => person.tracks[source]?.muted === false;
    if (running('microphone')) actions.push('mute');
    if (running('camera')) actions.push('stop_camera');
    if (running('screen_share')) actions.push('stop_share');
  }
  if (may(role, 'rename_others')) actions.push('rename');
  if (may(role, 'remove')) actions.push('remove');
  return actions;
}

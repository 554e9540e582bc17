import { Refused } from '../../api/problems';
import type { SeatApi } from '../../api/public';
import type { PersonAction } from '../../call/may';
import type { Person, Source } from '../../call/people';
import { t } from '../../texts';

const SOURCES: Readonly<Partial<Record<PersonAction, Source>>> = {
  mute: 'microphone',
  stop_camera: 'camera',
  stop_share: 'screen_share',
};

/** What a host asks of the server, and what is said when it refuses. */
export class HostDesk {
  constructor(
    private readonly api: () => SeatApi,
    private readonly say: (text: string) => void,
  ) {}

  async act(person: Person, action: Exclude<PersonAction, 'rename'>): Promise<void> {
    const source = SOURCES[action];
    await this.tried(async () => {
      if (source !== undefined) {
        await this.api().mute(person.identity, source);
      } else {
        await this.api().remove(person.identity);
        this.say(t.people.removed(person.name));
      }
    });
  }

  async rename(person: Person, name: string): Promise<void> {
    await this.tried(() =>
      person.self ? this.api().renameSelf(name) : this.api().rename(person.identity, name),
    );
  }

  async lock(locked: boolean): Promise<void> {
    await this.tried(() => this.api().lock(locked));
  }

  async end(): Promise<void> {
    await this.tried(() => this.api().end());
  }

  private async tried(act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      this.say(error instanceof Refused && error.detail ? error.detail : t.call.actionFailed);
    }
  }
}

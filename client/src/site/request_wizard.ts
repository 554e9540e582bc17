/** The request form on a phone: every screen at once, kept here, handed over when there is signal. */
import {
  type Draft,
  emptyDraft,
  isDirty,
  nextTask,
  note,
  noteSaved,
  type ScreenName,
  screenAfter,
  screenBefore,
  touch,
  WRITTEN,
} from './request_draft';
import {
  type EventWords,
  firstDay,
  makeSlots,
  offerDays,
  offerFilling,
  showOutside,
  warnIfLate,
} from './request_event';
import { clearErrors, fieldsOf, fill, problemsOf, readable, showErrors } from './request_form';
import { LetterPages } from './request_pages';
import { addressOf, handOver, type Outcome, type Way } from './request_sending';
import { forgetDraft, keepDraft, keptDraft } from './request_store';
import { summarise } from './request_summary';

const AGAIN_MS = 15_000;
const KEEP_MS = 300;
/** How long "Next" waits for the server before it goes on and lets the rest happen behind. */
const PATIENCE_MS = 4_000;

export interface Words extends EventWords {
  place: string;
  pages: string;
  follows: string;
  too_large: string;
  not_kept: string;
  sending: string;
  reload: string;
}

export async function writeRequest(root: HTMLElement): Promise<void> {
  const words = JSON.parse(document.getElementById('wizard-words')?.textContent ?? '{}') as Words;
  const kept = await keptDraft();
  const code = root.dataset.code ?? '';
  const goesOn = kept !== undefined && (code === '' || kept.code === code);
  const draft = goesOn ? kept : emptyDraft(newKey(), code);
  new Wizard(root, draft, words, goesOn).begin();
}

function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
}

class Wizard {
  private readonly way: Way;
  private keeping = 0;
  private running: Promise<Outcome | null> | null = null;

  constructor(
    private readonly root: HTMLElement,
    private readonly draft: Draft,
    private readonly words: Words,
    private readonly goesOn: boolean,
  ) {
    this.way = {
      start: root.dataset.start ?? '',
      token: () => this.token().value,
      renewToken: () => this.renewToken(),
      fetch: (...asked) => fetch(...asked),
    };
  }

  begin(): void {
    const fresh = this.root.dataset.code === '';
    this.restore(fresh);
    new LetterPages(
      this.form('letter'),
      this.draft,
      (name) => this.tellFile(this.words.too_large.replace('%(file)s', name)),
      () => this.keepSoon(),
    );
    const event = this.form('event');
    offerDays(event, Number(this.root.dataset.daysAtMost), () => this.keepSoon());
    offerFilling(event, this.root.dataset.parse ?? '', this.words, () => this.keepSoon());
    this.listen();
    const now = this.root.dataset.screenNow as ScreenName;
    this.show(fresh && this.goesOn ? this.draft.screen : now, false);
    this.showKept(fresh);
    if (this.draft.wantsSending) void this.send();
    window.setInterval(() => this.tryAgain(), AGAIN_MS);
  }

  /** What this phone knows wins where the server has not got it yet, or has nothing to show. */
  private restore(fresh: boolean): void {
    for (const screen of WRITTEN) {
      const fields = this.draft.fields[screen];
      if (!fields || !(fresh || isDirty(this.draft, screen))) continue;
      if (screen === 'event') {
        const total = fields.find(([name]) => name === 'slot-TOTAL_FORMS');
        makeSlots(this.form('event'), Number(total?.[1] ?? 1));
      }
      fill(this.form(screen), fields);
    }
    // What the server brought along is known there already.
    for (const screen of WRITTEN) this.draft.fields[screen] ??= fieldsOf(this.form(screen));
  }

  private showKept(fresh: boolean): void {
    const restored = this.root.querySelector<HTMLElement>('[data-restored]');
    if (restored) restored.hidden = !(fresh && this.goesOn);
    restored?.querySelector('[data-anew]')?.addEventListener('click', async () => {
      await forgetDraft();
      location.assign(this.way.start);
    });
  }

  private listen(): void {
    for (const screen of [...WRITTEN, 'check'] as ScreenName[]) {
      const form = this.form(screen);
      form.addEventListener('submit', (event) => {
        event.preventDefault();
        void (screen === 'check' ? this.send() : this.next(screen));
      });
      form.querySelector('[data-back]')?.addEventListener('click', (event) => {
        event.preventDefault();
        this.note(screen);
        this.show(screenBefore(screen));
      });
      form.addEventListener('input', () => this.keepSoon());
      form.addEventListener('change', () => this.keepSoon());
    }
    this.root.addEventListener('click', (event) => {
      const goto = (event.target as Element).closest<HTMLElement>('[data-goto]');
      if (!goto) return;
      event.preventDefault();
      this.show(goto.dataset.goto as ScreenName);
    });
    window.addEventListener('online', () => this.tryAgain());
    window.addEventListener('offline', () => this.showStrip(true));
    window.addEventListener('popstate', (event) => {
      const screen = event.state?.screen ?? this.root.dataset.screenNow;
      this.show(screen as ScreenName, false);
    });
    document.addEventListener('visibilitychange', () => {
      if (document.hidden) void this.keep();
    });
  }

  private tryAgain(): void {
    if (!navigator.onLine) return;
    if (this.draft.wantsSending) void this.send();
    else if (this.strip()?.hidden === false) void this.flush().then((end) => this.tell(end));
  }

  private async next(screen: ScreenName): Promise<void> {
    this.note(screen);
    const problems = this.problems(screen);
    this.say('');
    if (Object.keys(problems).length) {
      this.say(showErrors(this.form(screen), problems));
      return;
    }
    clearErrors(this.form(screen));
    this.draft.screen = screenAfter(screen);
    await this.keep();
    const later = new Promise<null>((done) => window.setTimeout(() => done(null), PATIENCE_MS));
    const work = this.flush();
    const end = await Promise.race([work, later]);
    if (end === null) void work.then((late) => this.tell(late));
    else this.tell(end);
    if (end?.is !== 'wrong' && end?.is !== 'refused') this.show(screenAfter(screen));
  }

  private async send(): Promise<void> {
    for (const screen of WRITTEN) {
      const problems = this.problems(screen);
      if (Object.keys(problems).length) {
        this.draft.wantsSending = false;
        this.show(screen);
        this.say(showErrors(this.form(screen), problems));
        return;
      }
    }
    this.draft.wantsSending = true;
    await this.keep();
    this.root.dataset.waits = ''; // from here on it is sent even if this page is closed
    const button = this.form('check').querySelector<HTMLElement>('[data-next]');
    button?.setAttribute('aria-disabled', 'true');
    const end = await this.flush();
    button?.removeAttribute('aria-disabled');
    this.tell(end);
  }

  /** Hands over what is complete. One after the other, also when two tabs want to. */
  private flush(): Promise<Outcome | null> {
    this.running = (this.running ?? Promise.resolve(null)).then(() => this.alone());
    return this.running;
  }

  private alone(): Promise<Outcome | null> {
    const locks = navigator.locks as LockManager | undefined;
    return locks ? locks.request('pendopo-request', () => this.handAll()) : this.handAll();
  }

  private async handAll(): Promise<Outcome | null> {
    let last: Outcome | null = null;
    for (;;) {
      const task = nextTask(this.draft, (screen) => this.isComplete(screen));
      if (!task) return last;
      last = await handOver(this.draft, task, this.way);
      if (last.is !== 'saved') return last;
      this.draft.code = last.code;
      noteSaved(this.draft, task);
      await this.keep();
      this.showSaved(last.savedAt);
    }
  }

  private tell(end: Outcome | null): void {
    this.showStrip(end?.is === 'no-signal');
    if (!end) return;
    if (end.is === 'sent') {
      void forgetDraft().then(() => location.assign(end.address));
      return;
    }
    if (end.is === 'saved' || end.is === 'no-signal') return;
    this.draft.wantsSending = false;
    void this.keep();
    if (end.is === 'too-old') {
      this.say(this.words.reload);
      return;
    }
    if (end.screen !== this.draft.screen) this.show(end.screen);
    if (end.is === 'refused') this.say(end.sentence);
    else this.say(showErrors(this.form(end.screen), end.errors));
  }

  private isComplete(screen: ScreenName): boolean {
    return Object.keys(this.problems(screen)).length === 0;
  }

  private problems(screen: ScreenName): Record<string, string[]> {
    const problems = problemsOf(this.form(screen), today());
    if (screen === 'letter' && !this.hasLetter()) {
      const field = this.form('letter').querySelector<HTMLElement>('[data-letter]');
      problems.letter = [field?.dataset.missing ?? ''];
    }
    return problems;
  }

  private hasLetter(): boolean {
    const form = this.form('letter');
    const there = form.querySelector<HTMLElement>('[data-letter-there]');
    const follows = new FormData(form).has('letter_follows');
    return this.draft.pages.length > 0 || follows || there?.hidden === false;
  }

  private note(screen: ScreenName): void {
    if (screen === 'check') return;
    const fields = fieldsOf(this.form(screen));
    if (note(this.draft, screen, fields)) this.draft.wantsSending = false;
    // A screen of defaults alone is an answer, too, once somebody goes on from it.
    if (!this.draft.changed[screen] && !this.draft.code) touch(this.draft, screen);
  }

  private keepSoon(): void {
    window.clearTimeout(this.keeping);
    this.keeping = window.setTimeout(() => {
      for (const screen of WRITTEN) this.note(screen);
      this.showDependent();
      void this.keep();
    }, KEEP_MS);
  }

  private async keep(): Promise<void> {
    if (!(await keepDraft(this.draft))) this.say(this.words.not_kept);
  }

  private show(screen: ScreenName, isNew = true): void {
    this.draft.screen = screen;
    for (const section of this.root.querySelectorAll<HTMLElement>('[data-screen]'))
      section.hidden = section.dataset.screen !== screen;
    const section = this.root.querySelector<HTMLElement>(`[data-screen="${screen}"]`);
    const place = this.root.querySelector('[data-place]');
    if (place)
      place.textContent = this.words.place.replace('%(number)s', section?.dataset.number ?? '');
    this.showDependent();
    if (!isNew) return;
    const address = this.draft.code ? addressOf(this.way, screen, this.draft.code) : location.href;
    history.pushState({ screen }, '', address);
    window.scrollTo(0, 0);
    section?.querySelector('h1')?.focus({ preventScroll: true });
    void this.keep();
  }

  private showDependent(): void {
    showOutside(this.form('event'));
    const chosen = new FormData(this.form('who')).get('requester_class');
    const requesterClass = this.root.dataset.unit ? 'government' : String(chosen ?? '');
    warnIfLate(this.root, requesterClass, firstDay(this.form('event')));
    summarise(this.root, (screen) => this.form(screen), readable, {
      pages: this.draft.pages.length,
      words: this.words,
    });
  }

  private showSaved(at: string): void {
    const saved = this.root.querySelector<HTMLElement>('[data-saved]');
    const clock = this.root.querySelector('[data-saved-at]');
    if (saved) saved.hidden = false;
    if (clock) clock.textContent = at;
  }

  private strip(): HTMLElement | null {
    return this.root.querySelector('[data-strip]');
  }

  private showStrip(shown: boolean): void {
    const strip = this.strip();
    if (strip) strip.hidden = !shown;
  }

  private say(sentence: string): void {
    const box = this.root.querySelector<HTMLElement>('[data-problem]');
    const line = this.root.querySelector('[data-problem-words]');
    if (box) box.hidden = !sentence;
    if (line) line.textContent = sentence;
  }

  private tellFile(sentence: string): void {
    showErrors(this.form('letter'), { letter: [sentence] });
  }

  private form(screen: ScreenName): HTMLFormElement {
    return this.root.querySelector(`[data-screen="${screen}"] form`) as HTMLFormElement;
  }

  private token(): HTMLInputElement {
    return this.root.querySelector('input[name="csrfmiddlewaretoken"]') as HTMLInputElement;
  }

  /** The token of a kept page belongs to no session: a fresh page brings the right one. */
  private async renewToken(): Promise<boolean> {
    const answer = await fetch(this.way.start, { headers: { Accept: 'text/html' } }).catch(
      () => null,
    );
    if (!answer?.ok) return false;
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const fresh = page.querySelector<HTMLInputElement>('input[name="csrfmiddlewaretoken"]');
    if (!fresh) return false;
    this.token().value = fresh.value;
    return true;
  }
}

function today(): string {
  const now = new Date();
  const two = (figure: number) => String(figure).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

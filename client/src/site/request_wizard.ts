/** The request form on a phone: every screen at once, kept here, handed over when there is signal. */
import { partsIn } from './request_clock';
import {
  codeIn,
  type Draft,
  draftFor,
  emptyDraft,
  isDirty,
  nextTask,
  note,
  noteSaved,
  type ScreenName,
  saysOfLetter,
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
import { Lines } from './request_lines';
import { type FileProblem, LetterPages } from './request_pages';
import { addressOf, handOver, type Outcome, type Way } from './request_sending';
import { forgetDraft, keepDraft, keptDrafts } from './request_store';
import { summarise } from './request_summary';
import { Waiting } from './request_waiting';
import { wayOf } from './request_way';

const AGAIN_MS = 15_000;
const KEEP_MS = 300;
/** How long "Next" waits for the server before it goes on and lets the rest happen behind. */
const PATIENCE_MS = 4_000;

export interface Words extends EventWords {
  place: string;
  pages: string;
  follows: string;
  too_large: string;
  too_many: string;
  too_much: string;
  refused: string;
  not_kept: string;
  sending: string;
  reload: string;
}

export async function writeRequest(root: HTMLElement): Promise<void> {
  const words = JSON.parse(document.getElementById('wizard-words')?.textContent ?? '{}') as Words;
  const code = root.dataset.code ?? '';
  const named = code || codeIn(location.pathname, root.dataset.start ?? '');
  const kept = draftFor(await keptDrafts(), named);
  const draft = kept ?? emptyDraft(code || newKey(), code);
  new Wizard(root, draft, words, kept !== undefined).begin();
}

function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
}

/** One after the other, also when two tabs want to. */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const locks = navigator.locks as LockManager | undefined;
  return locks ? (locks.request('pendopo-request', work) as Promise<T>) : work();
}

class Wizard {
  private readonly way: Way;
  private readonly lines: Lines;
  private keeping = 0;
  private running: Promise<Outcome | null> | null = null;
  private readonly waiting: Waiting;
  /** Sent or begun anew: from here on nothing is kept or handed over any more. */
  private finished = false;
  /** The server has a letter that no photo here stands for. */
  private letterThere: boolean;

  constructor(
    private readonly root: HTMLElement,
    private readonly draft: Draft,
    private readonly words: Words,
    private readonly goesOn: boolean,
  ) {
    this.way = wayOf(root);
    this.lines = new Lines(root);
    this.letterThere = this.there()?.hidden === false;
    const store = { kept: keptDrafts, keep: keepDraft, forget: forgetDraft };
    this.waiting = new Waiting(draft.key, this.way, store, inTurn);
  }

  begin(): void {
    const fresh = this.root.dataset.code === '';
    this.restore(fresh);
    new LetterPages(
      this.form('letter'),
      this.draft,
      {
        files: Number(this.root.dataset.filesAtMost),
        bytes: Number(this.root.dataset.bytesAtMost),
      },
      (problem, name) => this.tellFile(problem, name),
      () => this.keepSoon(),
    );
    const event = this.form('event');
    offerDays(event, Number(this.root.dataset.daysAtMost), () => this.keepSoon());
    const parse = this.root.dataset.parse ?? '';
    offerFilling(event, parse, this.zone(), this.words, () => this.keepSoon());
    this.listen();
    const now = this.root.dataset.screenNow as ScreenName;
    this.show(fresh && this.goesOn ? this.draft.screen : now, false);
    this.showKept(fresh);
    if (this.draft.wantsSending) void this.send();
    void this.sendOthers();
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
    restored
      ?.querySelector('[data-anew]')
      ?.addEventListener('click', () => void this.finish(this.way.start));
  }

  private listen(): void {
    for (const screen of [...WRITTEN, 'check'] as ScreenName[]) {
      const form = this.form(screen);
      form.addEventListener('submit', (event) => {
        event.preventDefault();
        // The version of the notice that stood on this page goes along.
        if (screen === 'check') this.draft.fields.check = fieldsOf(form);
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
    window.addEventListener('offline', () => this.lines.waits(true));
    window.addEventListener('popstate', (event) => {
      const screen = event.state?.screen ?? this.root.dataset.screenNow;
      this.show(screen as ScreenName, false);
    });
    document.addEventListener('visibilitychange', () => {
      if (document.hidden) void this.keep();
    });
    window.addEventListener('pageshow', (event) => {
      if (event.persisted && this.finished) location.reload(); // come back to what is sent
    });
  }

  private tryAgain(): void {
    if (!navigator.onLine || this.finished) return;
    void this.sendOthers();
    if (this.draft.wantsSending) void this.send();
    else if (this.lines.isWaiting) void this.flush().then((end) => this.tell(end));
  }

  private async next(screen: ScreenName): Promise<void> {
    this.note(screen);
    const problems = this.problems(screen);
    this.lines.problem('');
    if (Object.keys(problems).length) {
      this.lines.problem(showErrors(this.form(screen), problems));
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
    if (this.finished) return;
    if (end?.is !== 'wrong' && end?.is !== 'refused') this.show(screenAfter(screen));
  }

  private async send(): Promise<void> {
    if (this.finished) return;
    for (const screen of WRITTEN) {
      const problems = this.problems(screen);
      if (Object.keys(problems).length) {
        this.draft.wantsSending = false;
        this.show(screen);
        this.lines.problem(showErrors(this.form(screen), problems));
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

  /** Hands over what is complete. */
  private flush(): Promise<Outcome | null> {
    this.running = (this.running ?? Promise.resolve(null)).then(() => inTurn(() => this.handAll()));
    return this.running;
  }

  /** What waits on this phone beside the request of this page. */
  private async sendOthers(): Promise<void> {
    const [address] = await this.waiting.send();
    if (address) this.lines.alsoSent(address);
  }

  private async finish(address: string): Promise<void> {
    this.finished = true;
    await forgetDraft(this.draft.key);
    location.assign(address);
  }

  private async handAll(): Promise<Outcome | null> {
    let last: Outcome | null = null;
    while (!this.finished) {
      const task = nextTask(this.draft, (screen) => this.isComplete(screen));
      if (!task) return last;
      const letter = task.screen === 'letter' && saysOfLetter(this.draft);
      last = await handOver(this.draft, task, this.way);
      if (last.is !== 'saved') return last;
      this.draft.code = last.code;
      noteSaved(this.draft, task);
      if (letter) this.letterThere = false;
      await this.keep();
      this.lines.saved(last.savedAt);
    }
    return last;
  }

  private tell(end: Outcome | null): void {
    if (this.finished) return;
    this.lines.waits(end?.is === 'no-signal');
    if (!end) return;
    if (end.is === 'sent') {
      void this.finish(end.address);
      return;
    }
    if (end.is === 'saved' || end.is === 'no-signal') return;
    this.draft.wantsSending = false;
    void this.keep();
    if (end.is === 'too-old') {
      this.lines.problem(this.words.reload);
      return;
    }
    if (end.screen !== this.draft.screen) this.show(end.screen);
    if (end.is === 'refused') this.lines.problem(end.sentence || this.unread(end.status));
    else this.lines.problem(showErrors(this.form(end.screen), end.errors));
  }

  private isComplete(screen: ScreenName): boolean {
    return Object.keys(this.problems(screen)).length === 0;
  }

  private problems(screen: ScreenName): Record<string, string[]> {
    const problems = problemsOf(this.form(screen), this.today());
    if (screen === 'letter' && !this.hasLetter()) {
      const field = this.form('letter').querySelector<HTMLElement>('[data-letter]');
      problems.letter = [field?.dataset.missing ?? ''];
    }
    return problems;
  }

  private hasLetter(): boolean {
    return this.draft.pages.length > 0 || this.follows() || this.letterThere;
  }

  private follows(): boolean {
    return new FormData(this.form('letter')).has('letter_follows');
  }

  private there(): HTMLElement | null {
    return this.form('letter').querySelector('[data-letter-there]');
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
    if (!this.finished && !(await keepDraft(this.draft))) this.lines.problem(this.words.not_kept);
  }

  private show(screen: ScreenName, isNew = true): void {
    this.draft.screen = screen;
    for (const section of this.root.querySelectorAll<HTMLElement>('[data-screen]'))
      section.hidden = section.dataset.screen !== screen;
    const section = this.root.querySelector<HTMLElement>(`[data-screen="${screen}"]`);
    this.lines.place(this.words.place.replace('%(number)s', section?.dataset.number ?? ''));
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
    const there = this.there();
    if (there) there.hidden = !this.letterThere || this.follows();
    const chosen = new FormData(this.form('who')).get('requester_class');
    const requesterClass = this.root.dataset.unit ? 'government' : String(chosen ?? '');
    warnIfLate(this.root, requesterClass, firstDay(this.form('event')));
    summarise(this.root, (screen) => this.form(screen), readable, {
      pages: this.draft.pages.length,
      words: this.words,
    });
  }

  /** A refusal in no words of ours. */
  private unread(status?: number): string {
    return status === 413 ? this.words.too_much : this.words.refused;
  }

  private tellFile(problem: FileProblem, name: string): void {
    const sentence = this.words[problem].replace('%(file)s', name);
    showErrors(this.form('letter'), { letter: [sentence] });
  }

  private zone(): string | undefined {
    return this.root.dataset.timeZone || undefined;
  }

  private today(): string {
    return partsIn(new Date(), this.zone())?.day ?? '';
  }

  private form(screen: ScreenName): HTMLFormElement {
    return this.root.querySelector(`[data-screen="${screen}"] form`) as HTMLFormElement;
  }
}

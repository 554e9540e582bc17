/** The lines above the screens: what is saved, what waits for a signal, what went wrong. */
export class Lines {
  constructor(private readonly root: HTMLElement) {}

  place(words: string): void {
    this.write('[data-place]', words);
  }

  saved(at: string): void {
    this.show('[data-saved]', true);
    this.write('[data-saved-at]', at);
  }

  waits(shown: boolean): void {
    this.show('[data-strip]', shown);
  }

  get isWaiting(): boolean {
    return this.root.querySelector<HTMLElement>('[data-strip]')?.hidden === false;
  }

  problem(sentence: string): void {
    this.show('[data-problem]', Boolean(sentence));
    this.write('[data-problem-words]', sentence);
  }

  /** Another request that waited on this phone is sent; it is found here. */
  alsoSent(address: string): void {
    this.root.querySelector('[data-also-sent-link]')?.setAttribute('href', address);
    this.show('[data-also-sent]', true);
  }

  private show(what: string, shown: boolean): void {
    const line = this.root.querySelector<HTMLElement>(what);
    if (line) line.hidden = !shown;
  }

  private write(what: string, words: string): void {
    const line = this.root.querySelector(what);
    if (line) line.textContent = words;
  }
}

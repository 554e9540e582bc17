/** The photos of a letter on the first screen: small pictures to turn, order and take away. */
import { type Draft, forward, type PageOfLetter, roomProblem, touch } from './request_draft';
import { decoded, LARGEST_FILE, shrunk, turned } from './request_photos';

export interface Limits {
  files: number;
  bytes: number;
}
export type FileProblem = 'too_large' | 'too_many' | 'too_much';

export class LetterPages {
  private readonly list: HTMLElement;
  private readonly input: HTMLInputElement;
  private readonly working: HTMLElement | null;

  constructor(
    private readonly form: HTMLFormElement,
    private readonly draft: Draft,
    private readonly most: Limits,
    private readonly refuse: (problem: FileProblem, name: string) => void,
    private readonly changed: () => void,
  ) {
    this.list = form.querySelector('[data-pages]') as HTMLElement;
    this.input = form.querySelector('[data-letter]') as HTMLInputElement;
    this.working = form.querySelector('[data-working]');
    this.input.addEventListener('change', () => void this.add([...(this.input.files ?? [])]));
    void this.show();
  }

  private async add(files: File[]): Promise<void> {
    if (this.working) this.working.hidden = false;
    for (const file of files) {
      if (file.size > LARGEST_FILE) this.refuse('too_large', file.name);
      else this.take(await shrunk(file));
    }
    // From here on the list is what is sent, not the field.
    this.input.value = '';
    if (this.working) this.working.hidden = true;
    await this.after();
  }

  private take(page: PageOfLetter): void {
    const sizes = this.draft.pages.map((each) => each.blob.size);
    const problem = roomProblem(sizes, page.blob.size, this.most);
    if (problem) this.refuse(problem, page.name);
    else this.draft.pages.push(page);
  }

  private async after(): Promise<void> {
    touch(this.draft, 'letter');
    const follows = this.form.elements.namedItem('letter_follows');
    if (this.draft.pages.length && follows instanceof HTMLInputElement) follows.checked = false;
    this.changed();
    await this.show();
  }

  private async show(): Promise<void> {
    const rows = await Promise.all(this.draft.pages.map((page, place) => this.row(page, place)));
    this.list.replaceChildren(...rows);
  }

  private async row(page: PageOfLetter, place: number): Promise<HTMLElement> {
    const template = document.querySelector<HTMLTemplateElement>('template#wizard-page');
    const row = template?.content.firstElementChild?.cloneNode(true) as HTMLElement;
    const number = row.querySelector('[data-page-number]');
    if (number) number.textContent = String(place + 1);
    await drawInto(row, page.blob, page.name);
    this.on(row, '[data-page-turn]', async () => {
      page.blob = await turned(page.blob);
    });
    this.on(row, '[data-page-up]', async () => {
      this.draft.pages = forward(this.draft.pages, place);
    });
    this.on(row, '[data-page-remove]', async () => {
      this.draft.pages = this.draft.pages.filter((each) => each !== page);
    });
    return row;
  }

  private on(row: HTMLElement, what: string, act: () => Promise<void>): void {
    row.querySelector(what)?.addEventListener('click', async () => {
      await act();
      await this.after();
    });
  }
}

async function drawInto(row: HTMLElement, blob: Blob, name: string): Promise<void> {
  const canvas = row.querySelector('canvas');
  const file = row.querySelector<HTMLElement>('.page-file');
  const words = row.querySelector('[data-page-name]');
  const picture = blob.type === 'application/pdf' ? null : await decoded(blob);
  if (words) words.textContent = name;
  if (canvas) canvas.hidden = !picture;
  if (file) file.hidden = Boolean(picture);
  const turn = row.querySelector<HTMLElement>('[data-page-turn]');
  if (turn) turn.hidden = !picture;
  if (!canvas || !picture) return;
  const scale = Math.min(canvas.width / picture.width, canvas.height / picture.height);
  const [width, height] = [picture.width * scale, picture.height * scale];
  const [left, top] = [(canvas.width - width) / 2, (canvas.height - height) / 2];
  canvas.getContext('2d')?.drawImage(picture, left, top, width, height);
  picture.close();
}

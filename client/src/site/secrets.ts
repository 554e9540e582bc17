/** Password fields get a button that shows what was typed; its words come from the page. */
export function revealSecrets(): void {
  const words = document.querySelector<HTMLTemplateElement>('template#secret-button');
  if (!words) return;
  for (const field of document.querySelectorAll<HTMLInputElement>('input[type="password"]')) {
    addButton(field, words);
  }
}

function addButton(field: HTMLInputElement, words: HTMLTemplateElement): void {
  const button = words.content.firstElementChild?.cloneNode(true);
  if (!(button instanceof HTMLButtonElement)) return;
  const frame = document.createElement('div');
  frame.className = 'secret';
  field.replaceWith(frame);
  frame.append(field, button);
  button.addEventListener('click', () => {
    const shown = field.type === 'password';
    field.type = shown ? 'text' : 'password';
    button.setAttribute('aria-pressed', String(shown));
  });
}

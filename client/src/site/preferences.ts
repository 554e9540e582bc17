/** The text size changes in place, so that nothing typed on the page is lost; the server remembers it. */
export function applyPreferences(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-preferences]')) {
    form.addEventListener('submit', (event) => {
      const chosen = event.submitter;
      if (chosen instanceof HTMLButtonElement && chosen.name === 'text_size') {
        event.preventDefault();
        void resize(form, chosen);
      }
    });
  }
}

async function resize(form: HTMLFormElement, chosen: HTMLButtonElement): Promise<void> {
  document.documentElement.dataset.textSize = chosen.value;
  for (const button of document.querySelectorAll<HTMLButtonElement>('button[name="text_size"]')) {
    button.setAttribute('aria-pressed', String(button.value === chosen.value));
  }
  const choice = new FormData(form);
  choice.set('text_size', chosen.value);
  const asked = { method: 'POST', body: choice, redirect: 'manual' } as const;
  const answer = await fetch(form.action, asked).catch(() => null);
  if (answer?.type !== 'opaqueredirect')
    console.warn('The text size was applied but could not be remembered.');
}

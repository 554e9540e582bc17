/** Buttons `data-insert="{name}"` of a template's form put the placeholder where the cursor was. */
export function insertPlaceholders(): void {
  const form = document.querySelector<HTMLFormElement>('form[data-template]');
  if (!form) return;
  let last = form.querySelector<HTMLTextAreaElement | HTMLInputElement>('[name="body"]');
  // Who has not been in the text yet adds to its end.
  last?.setSelectionRange(last.value.length, last.value.length);
  for (const field of form.querySelectorAll<HTMLTextAreaElement | HTMLInputElement>(
    '[name="body"], [name="subject"]',
  )) {
    field.addEventListener('focus', () => {
      last = field;
    });
  }
  for (const button of form.querySelectorAll<HTMLButtonElement>('[data-insert]')) {
    button.addEventListener('click', () => {
      last?.setRangeText(
        button.dataset.insert ?? '',
        last.selectionStart ?? last.value.length,
        last.selectionEnd ?? last.value.length,
        'end',
      );
      last?.focus();
    });
  }
}

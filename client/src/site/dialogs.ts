/** Buttons `data-opens="id"` open that dialog; the browser keeps the focus inside and returns it. */
export function openDialogs(): void {
  for (const opener of document.querySelectorAll<HTMLButtonElement>('[data-opens]')) {
    const dialog = document.getElementById(opener.dataset.opens ?? '');
    if (dialog instanceof HTMLDialogElement) {
      opener.addEventListener('click', () => dialog.showModal());
    }
  }
}

/** Says `sentence` to screen readers through the page's polite live region. */
export function speak(sentence: string): void {
  const region = document.getElementById('spoken');
  if (!region) return;
  region.textContent = '';
  window.setTimeout(() => {
    region.textContent = sentence;
  }, 50);
}

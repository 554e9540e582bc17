/** Reads, fills and judges the fields of one screen, in the words that the page brings along. */
import type { Field } from './request_draft';
import { slotProblem } from './request_draft';

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

function controlsOf(form: HTMLFormElement): Control[] {
  return [...form.elements].filter(
    (each): each is Control =>
      (each instanceof HTMLInputElement && each.type !== 'file') ||
      each instanceof HTMLSelectElement ||
      each instanceof HTMLTextAreaElement,
  );
}

function isKept(control: Control): boolean {
  return Boolean(
    control.name && control.name !== 'csrfmiddlewaretoken' && !('transient' in control.dataset),
  );
}

/** Unticked boxes are left out, as a form itself does. */
export function fieldsOf(form: HTMLFormElement): Field[] {
  return controlsOf(form)
    .filter(isKept)
    .filter((each) => !isTicked(each) || (each as HTMLInputElement).checked)
    .map((each) => [each.name, each.value]);
}

export function fill(form: HTMLFormElement, fields: Field[]): void {
  for (const control of controlsOf(form).filter(isKept)) {
    const values = fields.filter(([name]) => name === control.name).map(([, value]) => value);
    if (isTicked(control)) (control as HTMLInputElement).checked = values.includes(control.value);
    else control.value = values[0] ?? control.value;
  }
}

function isTicked(control: Control): boolean {
  return control instanceof HTMLInputElement && ['checkbox', 'radio'].includes(control.type);
}

/** What the page can see by itself; the server looks once more. */
export function problemsOf(form: HTMLFormElement, today: string): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const control of controlsOf(form)) {
    const problem = problemWith(control, form);
    if (problem) found[control.name] = [problem];
  }
  for (const slot of form.querySelectorAll<HTMLElement>('[data-slot]')) {
    const [day, starts, ends] = [...slot.querySelectorAll<HTMLInputElement>('input')];
    if (!day || !starts || !ends) continue;
    const problem = slotProblem(day.value, starts.value, ends.value, today);
    if (problem === 'past') found[day.name] = [day.dataset.past ?? ''];
    if (problem === 'order') found[ends.name] = [ends.dataset.order ?? ''];
  }
  return found;
}

function problemWith(control: Control, form: HTMLFormElement): string {
  const { missing, wrong } = control.dataset;
  if (missing && isTicked(control)) {
    return new FormData(form).has(control.name) ? '' : missing;
  }
  if (missing && !control.value.trim()) return missing;
  if (wrong && control.value && !looksRight(control)) return wrong;
  return '';
}

function looksRight(control: Control): boolean {
  const value = control.value.trim();
  if (control.name === 'people') return /^[1-9][0-9]{0,5}$/.test(value);
  return /^\+?[0-9 ().-]{8,20}$/.test(value);
}

export function clearErrors(form: HTMLFormElement): void {
  for (const error of form.querySelectorAll('.field-error')) error.remove();
  for (const field of form.querySelectorAll('.field-wrong')) field.classList.remove('field-wrong');
  for (const control of form.querySelectorAll('[aria-invalid]')) {
    control.removeAttribute('aria-invalid');
    control.removeAttribute('aria-describedby');
  }
}

/** Puts each error under its field and goes to the first; what belongs to no field is returned. */
export function showErrors(form: HTMLFormElement, errors: Record<string, string[]>): string {
  clearErrors(form);
  let first: HTMLElement | undefined;
  const homeless: string[] = [];
  for (const [name, sentences] of Object.entries(errors)) {
    const named = name ? form.elements.namedItem(name) : null;
    const control = named instanceof RadioNodeList ? (named[0] as HTMLElement) : named;
    const field = control instanceof HTMLElement ? control.closest<HTMLElement>('.field') : null;
    if (!(control instanceof HTMLElement) || !field) {
      homeless.push(...sentences);
      continue;
    }
    field.classList.add('field-wrong');
    field.append(errorLine(`${name}-error`, sentences.join(' ')));
    control.setAttribute('aria-invalid', 'true');
    control.setAttribute('aria-describedby', `${name}-error`);
    const fold = field.closest('details');
    if (fold) fold.open = true;
    first ??= control;
  }
  first?.focus();
  return homeless.join(' ');
}

function errorLine(id: string, sentence: string): HTMLElement {
  const template = document.querySelector<HTMLTemplateElement>('template#wizard-error');
  const line = template?.content.firstElementChild?.cloneNode(true) as HTMLElement;
  line.id = id;
  const words = line.querySelector('span');
  if (words) words.textContent = sentence;
  return line;
}

/** What stands in a field, as a person reads it: the words of a choice, the text of the rest. */
export function readable(form: HTMLFormElement, name: string): string {
  const named = form.elements.namedItem(name);
  if (named instanceof RadioNodeList) {
    const chosen = [...named].find((each) => each instanceof HTMLInputElement && each.checked);
    return chosen?.parentElement?.textContent?.trim() ?? '';
  }
  return named instanceof HTMLInputElement || named instanceof HTMLTextAreaElement
    ? named.value.trim()
    : '';
}

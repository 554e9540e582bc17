import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser';

interface Options {
  creation_options?: { publicKey: PublicKeyCredentialCreationOptionsJSON };
  request_options?: { publicKey: PublicKeyCredentialRequestOptionsJSON };
}

/** Forms `data-passkey="make|use"` ask the browser for a passkey and send what it answers; they stay
 * hidden where there are none. */
export function offerPasskeys(): void {
  if (typeof window.PublicKeyCredential !== 'function') return;
  for (const missing of document.querySelectorAll<HTMLElement>('[data-passkey-missing]')) {
    missing.hidden = true;
  }
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-passkey]')) {
    form.hidden = false;
    const button = form.querySelector<HTMLButtonElement>('[data-passkey-start]');
    button?.addEventListener('click', () => void ask(form, button));
    // Enter in the field for the name means the button too.
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      button?.click();
    });
  }
}

async function ask(form: HTMLFormElement, button: HTMLButtonElement): Promise<void> {
  if (button.getAttribute('aria-disabled') === 'true') return;
  button.setAttribute('aria-disabled', 'true');
  showFailure(form, false);
  try {
    const credential = await credentialFor(form);
    const field = form.elements.namedItem('credential');
    if (field instanceof HTMLInputElement) field.value = JSON.stringify(credential);
    form.submit();
  } catch (error) {
    console.warn('No passkey:', error);
    button.removeAttribute('aria-disabled');
    showFailure(form, true);
  }
}

/** Raises what the browser says when its user cancels, takes too long or has no passkey. */
async function credentialFor(form: HTMLFormElement): Promise<unknown> {
  const [options, webauthn] = await Promise.all([
    optionsOf(form),
    import('@simplewebauthn/browser'),
  ]);
  if (form.dataset.passkey === 'make') {
    if (!options.creation_options) throw new Error('no options to make one');
    return await webauthn.startRegistration({
      optionsJSON: asPasskey(options.creation_options.publicKey),
    });
  }
  if (!options.request_options) throw new Error('no options to use one');
  return await webauthn.startAuthentication({ optionsJSON: options.request_options.publicKey });
}

/** A key that knows its person and is unlocked by them: enough without a password. */
function asPasskey(
  options: PublicKeyCredentialCreationOptionsJSON,
): PublicKeyCredentialCreationOptionsJSON {
  return {
    ...options,
    authenticatorSelection: {
      ...options.authenticatorSelection,
      residentKey: 'required',
      requireResidentKey: true,
      userVerification: 'required',
    },
  };
}

async function optionsOf(form: HTMLFormElement): Promise<Options> {
  const { options, optionsFrom } = form.dataset;
  if (options) return JSON.parse(document.getElementById(options)?.textContent ?? '{}');
  const answer = await fetch(optionsFrom ?? '', { headers: { Accept: 'application/json' } });
  if (!answer.ok) throw new Error(`no options: ${answer.status}`);
  return answer.json();
}

function showFailure(form: HTMLFormElement, failed: boolean): void {
  const sentence = form.querySelector<HTMLElement>('[data-passkey-failed]');
  if (sentence) sentence.hidden = !failed;
}

// Keyboard shortcuts, suggested reasons and renewal of claims. The console works without this script.
'use strict';
(() => {
  const RENEW_EVERY_MS = 60_000;

  document.addEventListener('click', event => {
    const opener = event.target.closest('[data-dialog]');
    if (opener) document.getElementById(opener.dataset.dialog).showModal();
  });

  // j and k move through these lines: items of the queue, pieces of evidence
  const lines = () => [...document.querySelectorAll('[data-line]')];
  const current = () => document.querySelector('[data-line].at');
  function move(step) {
    const all = lines();
    if (all.length === 0) return;
    const at = all.indexOf(current());
    const next = all[at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.max(0, Math.min(all.length - 1, at + step))];
    all.forEach(line => line.classList.toggle('at', line === next));
    (next.querySelector('a.open') ?? next).focus({ preventScroll: true });
    next.scrollIntoView({ block: 'nearest' });
  }

  function press(key) {
    const target = [...document.querySelectorAll('[data-key]')]
      .find(element => element.dataset.key === key && !element.hidden);
    if (!target) return false;
    if (target.type === 'radio') target.focus();
    target.click();
    return true;
  }

  function reveal() {
    const masked = (current() ?? document).querySelector('.masked .reveal');
    if (masked) masked.click();
    return Boolean(masked);
  }

  const typing = element => element.matches('textarea, select, input:not([type=radio])') || element.isContentEditable;
  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.altKey || event.metaKey || document.querySelector('dialog[open]')) return;
    if (typing(event.target)) {
      if (event.key === 'Escape') event.target.blur();
      return;
    }
    const done = event.key === 'j' ? (move(1), true)
      : event.key === 'k' ? (move(-1), true)
      : event.key === 'r' ? reveal()
      : event.key === '/' ? (document.getElementById('text')?.focus(), true)
      : press(event.key);
    if (done) event.preventDefault();
  });

  // suggest only the reasons of the chosen decision
  const reasons = document.getElementById('reasons');
  if (reasons) {
    const all = [...reasons.options];
    const narrow = () => {
      const verdict = document.querySelector('input[name=verdict]:checked')?.value;
      reasons.replaceChildren(...all.filter(option => !verdict || option.dataset.verdict === verdict));
    };
    document.querySelectorAll('input[name=verdict]').forEach(input => input.addEventListener('change', narrow));
    narrow();
  }

  // renew the claim while the page is in use; otherwise its lease expires
  const renewal = document.querySelector('form[data-renew]');
  if (renewal) {
    let active = false;
    for (const type of ['keydown', 'pointerdown', 'pointermove', 'scroll']) {
      document.addEventListener(type, () => { active = true; }, { passive: true });
    }
    setInterval(() => {
      if (active) htmx.trigger(renewal, 'submit');
      active = false;
    }, RENEW_EVERY_MS);
  }

  // the shortcuts work from here on: show the button that explains them
  document.querySelectorAll('.keys-button').forEach(button => { button.hidden = false; });
})();

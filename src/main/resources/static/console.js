// Makes the console quicker to work with. Everything it does can be done without it.
'use strict';
(() => {
  const RENEW_EVERY_MS = 60_000;

  document.addEventListener('click', event => {
    const opener = event.target.closest('[data-dialog]');
    if (opener) document.getElementById(opener.dataset.dialog).showModal();
  });

  // lines that j and k walk over: items of the queue, pieces of evidence
  const lines = () => [...document.querySelectorAll('[data-line]')];
  const current = () => document.querySelector('[data-line].at');
  function walk(step) {
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
    const done = event.key === 'j' ? (walk(1), true)
      : event.key === 'k' ? (walk(-1), true)
      : event.key === 'r' ? reveal()
      : event.key === '/' ? (document.getElementById('text')?.focus(), true)
      : press(event.key);
    if (done) event.preventDefault();
  });

  // the reasons that go with the chosen decision come first and alone
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

  // a claim is renewed while somebody works on the page, and lapses when nobody does
  const renewal = document.querySelector('form[data-renew]');
  if (renewal) {
    let active = false;
    for (const sign of ['keydown', 'pointerdown', 'pointermove', 'scroll']) {
      document.addEventListener(sign, () => { active = true; }, { passive: true });
    }
    setInterval(() => {
      if (active) htmx.trigger(renewal, 'submit');
      active = false;
    }, RENEW_EVERY_MS);
  }

  // all of the above works from here on: say so
  document.querySelectorAll('.keys-button').forEach(button => { button.hidden = false; });
})();

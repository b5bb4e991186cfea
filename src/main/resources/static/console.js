// Keyboard shortcuts, buttons for usual reasons, drafts and renewal of claims. The console works without this script.
'use strict';
(() => {
  const LONGEST_RENEWAL_MS = 60_000;
  const KEEP_AFTER_MS = 700;
  const KEYS_OFF = 'keys-off';
  const REASON_KEYS = ['a', 'd', 'f', 'g'];
  const ENTRIES = ['verdict', 'confidence', 'reason', 'note', 'validUntil', 'duplicateOf', 'severity', 'action'];
  // entries that the form has from the start
  const PRESET = ['severity', 'action'];
  // keys of buttons and links that leave the item
  const LEAVING = ['n', 's', 'x', 'q', 'u'];

  const work = document.getElementById('work');
  const deciding = Boolean(work?.elements.verdict);

  document.addEventListener('click', event => {
    const opener = event.target.closest('[data-dialog]');
    if (opener) document.getElementById(opener.dataset.dialog).showModal();
    const copy = event.target.closest('[data-copy]');
    if (copy) copyText(copy);
  });

  // copies a defanged URL; where the browser offers no clipboard, selects it
  const showCopyButtons = () => document.querySelectorAll('[data-copy]').forEach(button => { button.hidden = false; });
  async function copyText(button) {
    const source = button.dataset.copy
      ? button.parentElement.querySelector(button.dataset.copy)
      : button.closest('.excerpt').querySelector('bdi');
    try {
      await navigator.clipboard.writeText(source.textContent);
      button.textContent = document.documentElement.dataset.copied;
    } catch {
      getSelection().selectAllChildren(source);
      button.textContent = document.documentElement.dataset.selected;
    }
  }

  // what is scrolled to stays below the bar at the top, whatever its height; in narrow windows it scrolls away
  const bar = document.querySelector('.top');
  if (bar) {
    new ResizeObserver(() => {
      const height = getComputedStyle(bar).position === 'sticky' ? bar.offsetHeight : 0;
      document.documentElement.style.setProperty('--top', `${height}px`);
    }).observe(bar);
  }

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

  function entered() {
    return deciding && [...new FormData(work)].some(([name, value]) =>
      ENTRIES.includes(name) && !PRESET.includes(name) && value !== '');
  }

  function press(key, inForm) {
    if (LEAVING.includes(key) && (inForm || entered())) return false;
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

  const typing = element => element.matches('textarea, select, input:not([type=radio], [type=checkbox])') || element.isContentEditable;
  document.addEventListener('keydown', event => {
    // a cluster is decided by its button only
    const next = document.getElementById('decide-next');
    if (event.key === 'Enter' && event.ctrlKey && deciding && next) {
      event.preventDefault();
      work.requestSubmit(next);
      return;
    }
    if (event.ctrlKey || event.altKey || event.metaKey || document.querySelector('dialog[open]')) return;
    if (typing(event.target)) {
      if (event.key === 'Escape') event.target.blur();
      return;
    }
    if (localStorage.getItem(KEYS_OFF) && event.key !== '?') return;
    const inForm = deciding && work.contains(event.target);
    const done = event.key === 'j' ? (move(1), true)
      : event.key === 'k' ? (move(-1), true)
      : event.key === 'r' ? reveal()
      : event.key === '/' ? (document.getElementById('text')?.focus(), true)
      : press(event.key, inForm);
    if (done) event.preventDefault();
  });

  const keysOff = document.getElementById('keys-off');
  if (keysOff) {
    const apply = () => document.body.classList.toggle('no-keys', keysOff.checked);
    keysOff.checked = Boolean(localStorage.getItem(KEYS_OFF));
    keysOff.addEventListener('change', () => {
      if (keysOff.checked) localStorage.setItem(KEYS_OFF, '1');
      else localStorage.removeItem(KEYS_OFF);
      apply();
    });
    apply();
  }

  // the usual reasons of the chosen decision as buttons with keys
  const options = document.getElementById('reasons');
  if (options) {
    const all = [...options.options];
    const buttons = document.querySelector('.reasons');
    const mark = () => [...buttons.children].forEach(button =>
      button.setAttribute('aria-pressed', String(button.dataset.reason === work.elements.reason.value)));
    const offer = () => {
      const verdict = work.elements.verdict.value;
      const usual = all.filter(option => option.dataset.verdict === verdict);
      options.replaceChildren(...(verdict ? usual : all));
      buttons.replaceChildren(...usual.map((option, at) => {
        const button = document.createElement('button');
        const key = document.createElement('kbd');
        button.type = 'button';
        button.textContent = option.value;
        button.dataset.reason = option.value;
        button.dataset.key = key.textContent = REASON_KEYS[at] ?? '';
        if (button.dataset.key) button.append(key);
        button.addEventListener('click', () => {
          work.elements.reason.value = option.value;
          work.dispatchEvent(new Event('input'));
          mark();
        });
        return button;
      }));
      buttons.hidden = usual.length === 0;
      mark();
    };
    work.addEventListener('change', event => { if (event.target.name === 'verdict') offer(); });
    work.addEventListener('filled', offer);
    work.elements.reason.addEventListener('input', mark);
    offer();
  }

  // keep the entries on the server as they are made, before a button of the form is carried out, and when the page is left
  if (deciding) {
    const keepButton = work.querySelector('.keep');
    const warn = () => {
      const saved = document.getElementById('saved');
      saved.textContent = keepButton.dataset.failed;
      saved.className = 'unkept';
    };
    const tabs = new BroadcastChannel(`${document.querySelector('.who b').textContent} ${location.pathname}`);
    let timer = 0;
    let dirty = false;
    const keep = () => {
      clearTimeout(timer);
      timer = 0;
      if (dirty) htmx.trigger(keepButton, 'click');
    };
    const changed = () => {
      dirty = true;
      clearTimeout(timer);
      timer = setTimeout(keep, KEEP_AFTER_MS);
    };
    const entries = () => [...new FormData(work)].filter(([field]) => ENTRIES.includes(field));
    work.addEventListener('input', changed);
    work.addEventListener('change', changed);
    document.body.addEventListener('htmx:afterRequest', event => {
      if (event.detail.elt !== keepButton) return;
      dirty = dirty && !event.detail.successful;
      if (event.detail.successful) {
        tabs.postMessage(entries());
      } else if (event.detail.xhr.status !== 401) {
        warn();
      }
    });
    addEventListener('pagehide', () => {
      if (dirty) navigator.sendBeacon(keepButton.formAction, new URLSearchParams(new FormData(work)));
    });

    // other tabs with this item show what is kept, so that none of them overwrites it with less
    tabs.addEventListener('message', event => {
      if (dirty) return;
      work.querySelectorAll('input[type=radio]').forEach(radio => { radio.checked = false; });
      event.data.forEach(([field, value]) => { work.elements[field].value = value; });
      work.dispatchEvent(new Event('filled'));
    });

    // without a network, a sent form would be replaced by the browser's own page
    let keeping = false;
    let kept = false;
    work.addEventListener('submit', async event => {
      if (kept) {
        kept = false;
        return;
      }
      event.preventDefault();
      if (keeping) return;
      keeping = true;
      clearTimeout(timer);
      try {
        const answer = await fetch(keepButton.formAction, {
          method: 'POST', headers: { 'HX-Request': 'true' }, body: new URLSearchParams(new FormData(work)) });
        if (answer.status >= 500) throw new Error(answer.statusText);
        dirty = false;
        kept = true;
      } catch {
        warn();
      } finally {
        keeping = false;
      }
      if (kept) work.requestSubmit(event.submitter);
    });
  }

  // show the rest of the lease, and renew the claim while the page is in use
  const renewal = document.querySelector('[data-renew]');
  if (renewal) {
    const lease = document.querySelector('.lease');
    const shown = lease.querySelector('.left');
    const leaseMs = Number(lease.dataset.lease) * 1000;
    const every = Math.min(LONGEST_RENEWAL_MS, leaseMs / 3);
    let active = false;
    let renewedAt = performance.now();
    let known = document.getElementById('until');
    let end = performance.now() + Number(known.dataset.left);
    for (const type of ['keydown', 'pointerdown', 'pointermove', 'scroll']) {
      document.addEventListener(type, () => { active = true; }, { passive: true, capture: true });
    }
    const tick = () => {
      const until = document.getElementById('until');
      if (until !== known) {
        known = until;
        end = performance.now() + Number(until.dataset.left);
      }
      const left = end - performance.now();
      const minutes = Math.floor(left / 60_000);
      shown.textContent = left <= 0 ? lease.dataset.ended
        : minutes > 0 ? lease.dataset.minutes.replace('{0}', minutes) : lease.dataset.seconds.replace('{0}', Math.ceil(left / 1000));
      lease.classList.toggle('ending', left < Math.min(120_000, leaseMs / 4));
      if (active && performance.now() - renewedAt >= every) {
        active = false;
        renewedAt = performance.now();
        htmx.trigger(renewal, 'click');
      }
    };
    tick(); // at once, so that the form does not move later
    setInterval(tick, 1000);
  }

  // the link to the form must not cover it: pressing a label takes the focus from the form for a moment
  const toForm = document.querySelector('.to-decide');
  if (toForm && work) {
    new IntersectionObserver(([seen]) => toForm.classList.toggle('at-form', seen.isIntersecting)).observe(work);
  }

  document.body.addEventListener('htmx:afterSwap', showCopyButtons);
  showCopyButtons();
  // the shortcuts work from here on: show the button that explains them
  document.querySelectorAll('.keys-button').forEach(button => { button.hidden = false; });
})();

// Shows the progress of the run in progress as it goes on. Without this script, a reload does.
'use strict';
(() => {
  // a page that nobody uses stops asking, so that its session can end
  const IDLE_MS = 20 * 60_000;

  // The server sends a notice once. A reload by this script shows it again, unless it was in view for long enough to be read.
  const READ_MS = 60_000;
  const KEPT = 'kept-notice';
  const main = document.getElementById('main');
  const kept = sessionStorage.getItem(KEPT);
  sessionStorage.removeItem(KEPT);
  if (kept && !main.querySelector(':scope > .flash')) {
    const again = document.createElement('p');
    again.className = 'flash notice';
    again.setAttribute('role', 'status');
    again.textContent = kept;
    main.prepend(again);
  }
  // A reload while a form is sent would drop the answer with its notice.
  let sending = false;
  document.addEventListener('submit', () => { sending = true; });
  addEventListener('pageshow', event => { if (event.persisted) sending = false; });
  const reload = () => {
    if (sending) return;
    const notice = main.querySelector(':scope > .flash.notice:not(form)');
    if (notice && performance.now() < READ_MS) sessionStorage.setItem(KEPT, notice.textContent);
    location.reload();
  };

  const starting = document.querySelector('[data-reload]');
  if (starting) setTimeout(reload, Number(starting.dataset.reload));

  const live = document.querySelector('[data-events]');
  if (!live) return;
  const show = (name, text) => { live.querySelector(`[data-live=${name}]`).textContent = text; };
  const bar = live.querySelector('progress');
  let usedAt = performance.now();
  for (const type of ['keydown', 'pointermove', 'scroll']) {
    document.addEventListener(type, () => { usedAt = performance.now(); }, { passive: true });
  }
  const events = new EventSource(live.dataset.events);
  // the page of the run has a table of the processes that work on it
  const part = name => document.querySelector(`[data-processes=${name}]`);
  const showProcesses = processes => {
    const rows = part('rows');
    if (!rows) return;
    part('shared').textContent = processes.shared;
    const before = new Map([...rows.children].map(row => [row.dataset.process, row]));
    const now = processes.rows.map(process => {
      const row = before.get(String(process.id)) ?? part('row').content.firstElementChild.cloneNode(true);
      row.dataset.process = process.id;
      for (const cell of row.querySelectorAll('[data-cell]')) cell.textContent = process[cell.dataset.cell];
      row.querySelector('time').dateTime = process.sinceUtc;
      return row;
    });
    rows.replaceChildren(...now);
    rows.closest('table').hidden = now.length === 0;
  };
  events.addEventListener('progress', event => {
    const run = JSON.parse(event.data);
    showProcesses(run.processes);
    show('doing', run.doing);
    show('pages', run.pages);
    if (run.of > 0) {
      bar.max = run.of;
      bar.value = run.done;
    } else {
      bar.removeAttribute('value');
    }
    if (performance.now() - usedAt > IDLE_MS) {
      events.close();
      show('state', live.dataset.paused);
    }
  });
  events.addEventListener('end', () => {
    events.close();
    reload();
  });
  events.onerror = () => {
    if (events.readyState === EventSource.CLOSED) show('state', live.dataset.lost);
  };
})();

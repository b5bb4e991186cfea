// Shows the progress of the run in progress as it goes on. Without this script, a reload does.
'use strict';
(() => {
  // a page that nobody uses stops asking, so that its session can end
  const IDLE_MS = 20 * 60_000;

  const starting = document.querySelector('[data-reload]');
  if (starting) setTimeout(() => location.reload(), Number(starting.dataset.reload));

  const live = document.querySelector('[data-events]');
  if (!live) return;
  const show = (name, text) => { live.querySelector(`[data-live=${name}]`).textContent = text; };
  const bar = live.querySelector('progress');
  let usedAt = performance.now();
  for (const type of ['keydown', 'pointermove', 'scroll']) {
    document.addEventListener(type, () => { usedAt = performance.now(); }, { passive: true });
  }
  const events = new EventSource(live.dataset.events);
  events.addEventListener('progress', event => {
    const run = JSON.parse(event.data);
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
    location.reload();
  });
  events.onerror = () => {
    if (events.readyState === EventSource.CLOSED) show('state', live.dataset.lost);
  };
})();

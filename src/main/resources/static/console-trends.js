// Draws the tables of the trends as charts. Without this script, the tables tell the same.
'use strict';
(() => {
  const HEIGHT = 260;
  // series differ in their dashes too, not in colour only
  const DASHES = [[], [8, 4], [2, 3], [10, 3, 2, 3], [5, 5], [14, 4], [3, 6], [1, 2]];

  // the colour of a custom property as the theme of the page computes it
  const probe = document.createElement('span');
  document.body.append(probe);
  const colour = name => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  };

  // the legend has values where the pointer is
  const shown = (self, value) => value ?? '';
  const day = (self, seconds) => (seconds == null ? '' : new Date(seconds * 1000).toISOString().slice(0, 10));

  function draw(section) {
    const place = section.querySelector('.chart');
    const table = section.querySelector('table');
    if (!place || !table) return;
    const labels = [...table.tHead.rows[0].cells].slice(1).map(cell => cell.textContent);
    const rows = [...table.tBodies[0].rows];
    const times = rows.map(row => Date.parse(row.cells[0].textContent) / 1000);
    const values = labels.map((label, at) => rows.map(row => Number(row.cells[at + 1].textContent)));
    const axis = { stroke: colour('--muted'), grid: { stroke: colour('--line'), width: 1 }, ticks: { stroke: colour('--line'), width: 1 } };
    const single = labels.length === 1;
    // half a step on each side, so that the bars of the first and the last day are whole
    const margin = single && times.length > 1 ? (times[1] - times[0]) / 2 : 0;
    const series = labels.map((label, at) => ({
      label,
      value: shown,
      stroke: colour(`--c${at % DASHES.length}`),
      fill: single ? colour('--accent-soft') : undefined,
      width: 2,
      dash: DASHES[at % DASHES.length],
      paths: single ? uPlot.paths.bars({ size: [0.6, 40] }) : undefined,
      points: { show: !single && rows.length <= 31, size: 5 },
    }));
    place.replaceChildren();
    const chart = new uPlot({
      width: place.clientWidth,
      height: HEIGHT,
      tzDate: time => uPlot.tzDate(new Date(time * 1000), 'Etc/UTC'),
      fmtDate: template => uPlot.fmtDate(template),
      cursor: { drag: { x: false, y: false } },
      scales: { x: { range: (self, low, high) => [low - margin, high + margin] }, y: { range: (self, low, high) => [0, Math.max(4, Math.ceil(high * 1.1))] } },
      axes: [
        { ...axis, values: [[86400, '{YYYY}-{MM}-{DD}', null, null, null, null, null, null, 1]], space: 90 },
        { ...axis, size: 56, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 2e5, 5e5, 1e6, 1e7] },
      ],
      series: [{ label: table.tHead.rows[0].cells[0].textContent, value: day }, ...series],
    }, [times, ...values], place);
    new ResizeObserver(() => chart.setSize({ width: place.clientWidth, height: HEIGHT })).observe(place);
  }

  const sections = document.querySelectorAll('.trend');
  const drawAll = () => sections.forEach(draw);
  sections.forEach(section => section.querySelector('details')?.removeAttribute('open'));
  drawAll();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAll);
})();

'use strict';
// Zones, counting lines and masks, drawn with a finger on the picture. The picture itself shows what
// the agent has; here is only the one that is being drawn.

const kinds = {
  'track.zones': { word: 'zone', least: 3, named: true },
  'track.lines': { word: 'line', least: 2, most: 2, named: true },
  'detect.masks': { word: 'mask', least: 3, named: false },
};
let shown = '';
let draft = null; // { key, index, points, moved }: index -1 is a new one

const svg = (name, attributes) => {
  const node = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  return node;
};

function placeOf(event) {
  const view = el('picture').getBoundingClientRect();
  const clamp = value => Math.min(Math.max(value, 0), 1);
  return [(event.clientX - view.left) / view.width, (event.clientY - view.top) / view.height]
    .map(value => Math.round(1000 * clamp(value)) / 1000);
}

function handle(point, i) {
  const node = make('button', { type: 'button', className: 'handle', textContent: i + 1 });
  node.setAttribute('aria-label', `Point ${i + 1}`);
  const put = () => {
    node.style.left = `${100 * draft.points[i][0]}%`;
    node.style.top = `${100 * draft.points[i][1]}%`;
  };
  node.addEventListener('pointerdown', event => node.setPointerCapture(event.pointerId));
  node.addEventListener('pointermove', event => {
    if (!draft || !node.hasPointerCapture(event.pointerId)) return;
    draft.points[i] = placeOf(event);
    put();
    showOutline();
  });
  put();
  return node;
}

function showOutline() {
  const name = draft.points.length < 3 ? 'polyline' : 'polygon';
  const points = draft.points.map(([x, y]) => `${1000 * x},${1000 * y}`).join(' ');
  el('drawing').replaceChildren(svg(name, { points, class: 'under' }), svg(name, { points, class: 'over' }));
}

function showDraft() {
  const open = draft !== null;
  for (const id of ['drawing', 'handles', 'shape-editor']) el(id).toggleAttribute('hidden', !open);
  el('shape-buttons').hidden = open;
  if (!open) return el('handles').replaceChildren();
  const kind = kinds[draft.key];
  el('handles').replaceChildren(...draft.points.map(handle));
  showOutline();
  el('shape-ways').hidden = draft.key !== 'track.lines';
  el('shape-remove').hidden = draft.index < 0;
  const left = kind.least - draft.points.length;
  el('shape-hint').textContent = left > 0 ? `Tap the picture: ${left} more ${left > 1 ? 'points' : 'point'} for this ${kind.word}.`
    : draft.key === 'track.lines' ? 'The first direction goes to the right of someone who looks from 1 to 2. Drag the points.'
    : 'Drag the points, or tap for one more.';
  el('shape-save').disabled = left > 0;
}

function edit(key, index) {
  const shape = tuning.values[key]?.[index] ?? { name: '', points: [], ways: ['in', 'out'] };
  draft = { key, index, points: shape.points.map(point => [...point]) };
  el('shape-name').value = shape.name ?? '';
  el('shape-name').placeholder = kinds[key].named ? `name of the ${kinds[key].word}` : 'name, if you like';
  [el('shape-way-1').value, el('shape-way-2').value] = shape.ways ?? ['in', 'out'];
  say('');
  showDraft();
  el('view').scrollIntoView({ block: 'start' });
}

function addPoint(event) {
  if (!draft) return;
  event.stopImmediatePropagation(); // the tap is not for the focus
  if (event.target.classList.contains('handle')) return; // the end of a drag
  if (draft.points.length >= (kinds[draft.key].most ?? 32)) return;
  draft.points.push(placeOf(event));
  showDraft();
}

async function send(list, done) {
  const { key } = draft;
  await act('PATCH', 'tuning', { [key]: list }, answer => {
    draft = null;
    takeState(answer);
    showDraft();
    return done;
  });
}

function saveDraft() {
  const shape = { name: el('shape-name').value.trim(), points: draft.points };
  if (draft.key === 'track.lines') shape.ways = [el('shape-way-1').value.trim(), el('shape-way-2').value.trim()];
  const list = [...tuning.values[draft.key]];
  list.splice(draft.index < 0 ? list.length : draft.index, 1, shape);
  send(list, 'saved; Undo brings back what was');
}

/// Called with every new state of the agent.
function showShapes() {
  const all = JSON.stringify(Object.keys(kinds).map(key => tuning.values[key]));
  if (all === shown) return; // a button that is being tapped stays
  shown = all;
  const lines = Object.keys(kinds).flatMap(key => (tuning.values[key] ?? []).map((shape, index) => {
    const button = make('button', { type: 'button', textContent: `${kinds[key].word} ${shape.name || index + 1}` });
    button.addEventListener('click', () => edit(key, index));
    return button;
  }));
  el('shape-list').replaceChildren(...lines);
}

function wireShapes() {
  // Before the focus sees the tap.
  el('view').addEventListener('click', addPoint, true);
  for (const key of Object.keys(kinds))
    el(`add-${kinds[key].word}`).addEventListener('click', () => edit(key, -1));
  el('shape-save').addEventListener('click', saveDraft);
  el('shape-back').addEventListener('click', () => { draft.points.pop(); showDraft(); });
  el('shape-remove').addEventListener('click', () =>
    send(tuning.values[draft.key].filter((shape, i) => i !== draft.index), 'removed; Undo brings it back'));
  el('shape-cancel').addEventListener('click', () => { draft = null; showDraft(); });
}

wireShapes();

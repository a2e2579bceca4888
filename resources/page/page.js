'use strict';
// The page at the camera: aim, focus, see that it counts. Nothing here changes the agent; tuning.js does.

const el = id => document.getElementById(id);
const options = { overlay: true, exact: false, faces: false };
const focus = { region: null, best: { whole: 0, region: 0 } };
let lost = null; // when the agent stopped answering

let streamWidth = 0;

function wantedWidth() {
  return Math.min(1088, Math.round(el('view').clientWidth * (window.devicePixelRatio || 1)));
}

function openStream() {
  const width = streamWidth = wantedWidth();
  const query = new URLSearchParams({ width, overlay: options.overlay ? 1 : 0, boxes: options.exact ? 'exact' : 'live' });
  // Asked for only here, where it was opened: other pages go on with coarse faces.
  if (options.faces) query.set('faces', 'visible');
  el('snapshot').href = 'snapshot.jpg' + (options.faces ? '?faces=visible' : '');
  // The time makes it a new address, so that a broken picture is really asked for again.
  el('picture').src = `stream.mjpg?${query}&t=${Date.now()}`;
}

function notice(text) {
  el('notice').textContent = text;
  el('notice').hidden = !text;
}

const whole = new Intl.NumberFormat();
const rate = value => value.toFixed(1);

function showStatus(status) {
  const agent = status.agent;
  el('name').textContent = agent.name;
  el('where').textContent = [agent.location, agent.role].filter(Boolean).join(' · ');
  document.title = `${status.faces.now} ☺ ${agent.name}`;
  el('faces').textContent = status.faces.now;
  el('capture').textContent = rate(status.source.fps);
  el('latency').textContent = Math.round(status.stream.latency_ms);
  el('detection').textContent =
    `${rate(status.detection.fps)} frames a second, ${Math.round(status.detection.ms)} ms each`;
  el('stream').textContent = `${rate(status.stream.fps)} pictures a second`;
  el('total').textContent = `${whole.format(status.faces.total)} detections in ${whole.format(status.detection.frames)} frames`;
  el('rows').textContent = whole.format(status.journal.rows + status.journal.held);
  if (status.source.width)
    el('picture').style.aspectRatio = `${status.source.width} / ${status.source.height}`;
  showCalibration(status.calibration);
  notice(noticeFor(status));
  showWarnings(status.health.warnings);
}

function showCalibration({ open, left_s }) {
  if (!open && options.faces) {
    options.faces = false;
    openStream();
  }
  el('calibrate').setAttribute('aria-pressed', options.faces);
  el('privacy').textContent = options.faces ? `Faces are shown here, for ${Math.ceil(left_s / 60)} min at most.`
    : open ? 'Faces are coarse here; somebody has them shown.' : 'Faces are coarse in the picture.';
}

function showWarnings(warnings) {
  const lines = warnings.map(({ message, advice }) => {
    const line = document.createElement('li');
    const what = document.createElement('strong');
    what.textContent = message[0].toUpperCase() + message.slice(1) + '.';
    line.append(what, ` ${advice[0].toUpperCase() + advice.slice(1)}.`);
    return line;
  });
  el('warnings').hidden = !lines.length;
  // Said again to who listens only when it is something else.
  if (lines.map(line => line.textContent).join() !== [...el('warnings').children].map(line => line.textContent).join())
    el('warnings').replaceChildren(...lines);
}

function noticeFor(status) {
  const source = status.source;
  if (source.state === 'ended') return 'The source has ended.';
  if (source.state === 'starting') return 'Waiting for the first picture …';
  const retry = source.state === 'failed' ? `, trying again in ${Math.ceil(source.retry_in_s)} s` : '';
  return status.warning + retry;
}

function showFocus(name, value, bar, peak, output) {
  focus.best[name] = Math.max(focus.best[name], value);
  // The bar's end is a little above the best, so that a new best is seen coming.
  const full = focus.best[name] * 1.15 || 1;
  el(bar).style.transform = `scaleX(${value / full})`;
  el(peak).style.left = `${100 * focus.best[name] / full}%`;
  el(output).textContent = value >= 100 ? value.toFixed(0) : value.toFixed(1);
}

async function getJson(path) {
  const answer = await fetch(path, { cache: 'no-store', signal: AbortSignal.timeout(3000) });
  if (answer.status === 401) location.assign('login'); // logged out elsewhere, or another token
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
}

async function readStatus() {
  try {
    showStatus(await getJson('api/v1/status'));
    if (lost) openStream();
    lost = null;
  } catch {
    lost = lost || new Date();
    notice(`No answer from the agent since ${lost.toLocaleTimeString()}, trying again …`);
  }
}

// Who may look only sees no controls that would be refused.
async function readSession() {
  const session = await getJson('api/v1/session');
  el('log-in').hidden = !session.log_in;
  el('log-out').hidden = !session.log_out;
  el('tuning').hidden = !session.change;
}

async function readFocus() {
  const region = focus.region;
  const query = region ? '?region=' + [region.x, region.y, region.w, region.h].map(v => v.toFixed(4)) : '';
  try {
    const figures = await getJson('api/v1/focus' + query);
    showFocus('whole', figures.whole, 'whole-bar', 'whole-peak', 'whole');
    if (region && region === focus.region)
      showFocus('region', figures.region, 'region-bar', 'region-peak', 'region-value');
  } catch { /* no picture yet, or the agent is away: readStatus says so */ }
}

// A loop waits for its answer before it asks again: a slow agent is not flooded.
async function every(milliseconds, ask) {
  for (;;) {
    if (!document.hidden) await ask();
    await new Promise(done => setTimeout(done, milliseconds));
  }
}

function chooseRegion(event) {
  const view = el('picture').getBoundingClientRect();
  const w = 0.2, h = 0.2 * view.width / view.height;
  const clamp = (value, size) => Math.min(Math.max(value - size / 2, 0), 1 - size);
  focus.region = {
    x: clamp((event.clientX - view.left) / view.width, w),
    y: clamp((event.clientY - view.top) / view.height, h), w, h,
  };
  focus.best.region = 0;
  const mark = el('region').style;
  mark.left = `${100 * focus.region.x}%`;
  mark.top = `${100 * focus.region.y}%`;
  mark.width = `${100 * w}%`;
  mark.height = `${100 * h}%`;
  el('region').hidden = false;
  el('clear').hidden = false;
  el('region-label').textContent = 'yellow frame';
}

function clearRegion() {
  focus.region = null;
  focus.best.region = 0;
  el('region').hidden = true;
  el('clear').hidden = true;
  el('region-label').textContent = 'tap the picture';
  el('region-value').textContent = '–';
  el('region-bar').style.transform = 'scaleX(0)';
  el('region-peak').style.left = '0';
}

function toggle(name) {
  options[name] = !options[name];
  el(name).setAttribute('aria-pressed', options[name]);
  openStream();
}

el('view').addEventListener('click', chooseRegion);
el('clear').addEventListener('click', clearRegion);
el('reset').addEventListener('click', () => { focus.best = { whole: 0, region: 0 }; });
el('overlay').addEventListener('click', () => toggle('overlay'));
el('exact').addEventListener('click', () => toggle('exact'));
el('picture').addEventListener('error', () => { lost = lost || new Date(); });

// A phone turned on its side shows more: what it had would be blurred, and the focus with it.
window.addEventListener('resize', () => {
  if (wantedWidth() > 1.2 * streamWidth) openStream();
});

openStream();
readSession().catch(() => { /* readStatus says so */ });
every(500, readStatus);
every(300, readFocus);

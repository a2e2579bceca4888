'use strict';
// Tuning at the camera. Every control is made from the agent's own schema; each value shows where it
// stands: asked for, accepted by the agent, in effect in the picture, kept on the agent's disk.

const tuning = {
  values: {},          // the agent's, by key: "detect.min_neighbors"
  rows: new Map(),     // by key
  revision: 0,
  inEffect: 0,
  persisted: 0,
};

const api = async (method, path, body, headers = {}) => {
  const options = { method, cache: 'no-store', signal: AbortSignal.timeout(5000), headers };
  if (body !== undefined) {
    options.body = JSON.stringify(body);
    options.headers = { 'Content-Type': 'application/json', ...headers };
  }
  const answer = await fetch('api/v1/' + path, options);
  const json = answer.status === 204 ? {} : await answer.json();
  return { ok: answer.ok, status: answer.status, json };
};

const make = (name, properties = {}, ...children) => {
  const node = Object.assign(document.createElement(name), properties);
  node.append(...children);
  return node;
};

const say = text => { el('tuning-notice').textContent = text; };

const reasonOf = answer => {
  const error = answer.json.error ?? {};
  const problem = error.problems?.[0];
  return problem ? `${problem.message} (${problem.limits})` : error.message ?? `status ${answer.status}`;
};

const flat = values => Object.fromEntries(Object.entries(values).flatMap(([group, members]) =>
  Object.entries(members).map(([name, value]) => [`${group}.${name}`, value])));

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

// ── One value ──────────────────────────────────────────────────────────────────────────────────

/// A control for one parameter: `show(value)` puts it there; the control calls `ask(value)`.
const controls = {
  bool(parameter, ask) {
    const button = make('button', { type: 'button', className: 'switch' });
    button.addEventListener('click', () => ask(button.getAttribute('aria-pressed') !== 'true'));
    return { node: button, show: value => {
      button.setAttribute('aria-pressed', value);
      button.textContent = value ? 'on' : 'off';
    } };
  },

  choice(parameter, ask) {
    const select = make('select', {}, ...parameter.choices.map(choice =>
      make('option', { value: choice.value, textContent: choice.value, title: choice.about })));
    select.addEventListener('change', () => ask(select.value));
    return { node: select, show: value => { select.value = value; } };
  },

  text(parameter, ask) {
    const input = make('input', { type: 'text', maxLength: parameter.max_length, autocomplete: 'off', spellcheck: false });
    input.addEventListener('change', () => ask(input.value));
    return { node: input, show: value => { if (document.activeElement !== input) input.value = value; } };
  },

  number(parameter, ask) {
    return slider(parameter, ask, { least: parameter.min, most: parameter.max, step: parameter.step ?? 'any',
      toValue: number => number, toNumber: value => value, zero: 0 });
  },

  size(parameter, ask) {
    // Faces are about square; sizes that are not come from elsewhere and are shown as they are.
    return slider(parameter, ask, { least: parameter.min, most: Math.min(parameter.max, 480), step: 1, by: 5,
      toValue: number => `${number}x${number}`, toNumber: value => parseInt(value, 10), zero: '0x0' });
  },

  drawn(parameter, ask) {
    // Places in the picture are drawn on it (shapes.js); here they can be taken away.
    const words = make('span', { className: 'drawn' });
    const none = parameter.type === 'box' ? [0, 0, 1, 1] : [];
    const clear = make('button', { type: 'button', textContent: 'Take away' });
    clear.addEventListener('click', () => ask(none));
    return { node: make('span', { className: 'inline' }, words, clear), show: value => {
      const empty = same(value.map(Number), none) || value.length === 0;
      words.textContent = empty ? (parameter.type === 'box' ? 'whole picture' : 'none')
        : parameter.type === 'box' ? value.map(v => v.toFixed(2)).join(', ')
        : value.map((shape, i) => shape.name || `${i + 1}`).join(', ');
      clear.hidden = empty;
    } };
  },
};
controls.integer = controls.number;
controls.box = controls.shapes = controls.drawn;

function slider(parameter, ask, { least, most, step, by, toValue, toNumber, zero }) {
  if (least === undefined || most === undefined || most - least > 1e6) {
    const input = make('input', { type: 'number', inputMode: 'decimal', step: 'any' });
    input.addEventListener('change', () => ask(toValue(Number(input.value))));
    return { node: input, show: value => { if (document.activeElement !== input) input.value = toNumber(value); } };
  }
  const range = make('input', { type: 'range', min: least, max: most, step });
  range.setAttribute('aria-label', parameter.label);
  by ??= step === 'any' ? (most - least) / 50 : step;
  const nudge = (text, direction) => {
    const button = make('button', { type: 'button', className: 'nudge', textContent: text });
    button.setAttribute('aria-label', `${parameter.label} ${direction < 0 ? 'less' : 'more'}`);
    button.addEventListener('click', () => {
      range.value = Number(range.value) + direction * by;
      ask(toValue(Number(range.value)));
    });
    return button;
  };
  range.addEventListener('input', () => ask(toValue(Number(range.value))));
  const parts = [nudge('−', -1), range, nudge('+', 1)];
  let off = null;
  if (parameter.zero) {
    off = make('button', { type: 'button', className: 'zero', textContent: parameter.zero });
    off.addEventListener('click', () => ask(off.getAttribute('aria-pressed') === 'true' ? toValue(Number(range.value)) : zero));
    parts.push(off);
  }
  return { node: make('span', { className: 'slider' }, ...parts), show: value => {
    const isZero = parameter.zero && same(value, zero);
    if (!isZero) range.value = toNumber(value);
    off?.setAttribute('aria-pressed', Boolean(isZero));
  } };
}

const display = (parameter, value) => {
  if (parameter.zero && (value === 0 || value === '0x0')) return parameter.zero;
  if (!['number', 'integer', 'size'].includes(parameter.type)) return ''; // the control shows it
  const number = typeof value === 'number' ? String(Math.round(value * 1000) / 1000) : value;
  return parameter.unit ? `${number} ${parameter.unit}` : number;
};

class Row {
  constructor(parameter) {
    this.parameter = parameter;
    this.desired = undefined;  // asked for and not yet answered
    this.accepted = 0;         // revision of the newest accepted change
    this.sending = false;
    this.refused = '';
    this.value = make('output', { className: 'value' });
    this.state = make('span', { className: 'state' });
    this.control = (controls[parameter.type] ?? controls.text)(parameter, value => this.ask(value));
    this.node = make('div', { className: 'row', title: parameter.doc },
      make('div', { className: 'head' }, make('span', { className: 'label', textContent: parameter.label }), this.value),
      this.control.node, this.state);
    this.node.dataset.key = parameter.key;
  }

  show() {
    const value = this.desired ?? tuning.values[this.parameter.key];
    if (value === undefined) return;
    this.control.show(value);
    this.value.textContent = display(this.parameter, value);
    const state = this.refused ? 'refused' : this.desired !== undefined ? 'desired'
      : this.accepted > tuning.inEffect ? 'accepted' : this.accepted > tuning.persisted ? 'effect' : 'kept';
    this.node.dataset.state = state;
    this.state.textContent = { refused: this.refused, desired: 'asking the agent …',
      accepted: 'accepted, from the next frame on', effect: 'in effect', kept: this.accepted ? 'in effect and kept' : '' }[state];
    const condition = this.parameter.visible_when;
    this.node.hidden = Boolean(condition) && String(tuning.values[condition.key]) !== condition.equals;
  }

  ask(value) {
    this.desired = value;
    this.refused = '';
    this.show();
    if (!this.sending) this.send();
  }

  /// One request at a time, always with the newest wish: a drag never floods the agent.
  async send() {
    this.sending = true;
    while (this.desired !== undefined) {
      const wish = this.desired;
      try {
        const answer = await api('PATCH', 'tuning', { [this.parameter.key]: wish });
        if (!same(this.desired, wish)) continue;
        this.desired = undefined;
        if (answer.ok) this.took(answer.json);
        else this.refused = reasonOf(answer);
      } catch {
        if (same(this.desired, wish)) this.desired = undefined;
        this.refused = 'the agent does not answer';
      }
      this.show();
    }
    this.sending = false;
  }

  took(answer) {
    this.accepted = Math.max(this.accepted, answer.revision);
    takeState(answer);
  }
}

// ── All values ─────────────────────────────────────────────────────────────────────────────────

function takeState(answer) {
  if (answer.revision < tuning.revision) return; // an older answer overtaken by an event
  tuning.revision = answer.revision;
  tuning.values = flat(answer.values);
  tuning.inEffect = Math.max(tuning.inEffect, answer.in_effect ?? 0);
  tuning.persisted = Math.max(tuning.persisted, answer.persisted ?? 0);
  showRows();
}

function showRows() {
  for (const row of tuning.rows.values()) row.show();
  showShapes();
}

function takeChange(change) {
  const values = flat(change.values);
  if (change.cause !== 'now' && change.revision <= tuning.revision) return;
  tuning.revision = change.revision;
  Object.assign(tuning.values, values);
  for (const key of Object.keys(values)) {
    const row = tuning.rows.get(key);
    if (row && change.cause !== 'now') row.accepted = change.revision;
  }
  showRows();
  if (change.cause !== 'now') readHistory();
}

const titles = { detect: 'Finding faces', track: 'Visits', stream: 'Live picture' };

function build(parameters) {
  const groups = new Map();
  for (const parameter of parameters.filter(p => p.applies === 'next_frame')) {
    if (!groups.has(parameter.group)) groups.set(parameter.group, []);
    groups.get(parameter.group).push(parameter);
  }
  for (const [group, list] of groups) {
    const rows = list.map(parameter => new Row(parameter));
    for (const row of rows) tuning.rows.set(row.parameter.key, row);
    const details = make('details', { open: group === 'detect' },
      make('summary', { textContent: titles[group] ?? group }), ...rows.map(row => row.node));
    details.dataset.group = group;
    el('rows-of-tuning').append(details);
  }
}

// ── Presets, undo, history, the agent itself ───────────────────────────────────────────────────

async function act(method, path, body, done) {
  try {
    const answer = await api(method, path, body);
    if (!answer.ok) return say(reasonOf(answer));
    say(done(answer.json) ?? '');
  } catch {
    say('the agent does not answer');
  }
}

async function readPresets(selected) {
  const { json } = await api('GET', 'presets');
  el('preset').replaceChildren(...json.presets.map(preset =>
    make('option', { value: preset.name, textContent: preset.name })));
  if (selected) el('preset').value = selected;
  for (const id of ['preset-apply', 'preset-delete']) el(id).disabled = json.presets.length === 0;
}

const presetPath = name => `presets/${encodeURIComponent(name)}`;

async function readHistory() {
  if (!el('history').open) return;
  const { json } = await api('GET', 'tuning/history?limit=10');
  el('steps').replaceChildren(...json.steps.map(step => make('li', { className: step.undone ? 'undone' : '' },
    `${new Date(step.time).toLocaleTimeString()} ${step.who}: ${step.cause === 'patch' ? '' : step.cause + ', '}`
    + step.values.map(v => `${v.key} ${JSON.stringify(v.old)} → ${JSON.stringify(v.new)}`).join(', '))));
}

function wire() {
  el('undo').addEventListener('click', () => act('POST', 'tuning/undo', undefined, answer => {
    takeState(answer);
    return 'taken back';
  }));
  el('preset-apply').addEventListener('click', () => act('POST', presetPath(el('preset').value) + '/apply', undefined, answer => {
    takeState(answer);
    return `“${el('preset').value}” applied`;
  }));
  el('preset-save').addEventListener('click', () => {
    const name = el('preset-name').value.trim();
    if (!name) return say('give the preset a name');
    act('PUT', presetPath(name), {}, () => {
      el('preset-name').value = '';
      readPresets(name);
      return `saved as “${name}”`;
    });
  });
  el('preset-delete').addEventListener('click', () => {
    const name = el('preset').value;
    act('DELETE', presetPath(name), undefined, () => { readPresets(); return `“${name}” deleted`; });
  });
  el('history').addEventListener('toggle', readHistory);
  el('reset-tuning').addEventListener('click', () => act('POST', 'tuning/reset', undefined, answer => {
    takeState(answer);
    return 'as the settings file says; Undo brings the values back';
  }));
  el('identify').addEventListener('click', () => act('POST', 'identify', undefined, answer =>
    `showing “${answer.name}” for ${answer.seconds} s` + (answer.light ? `, light ${answer.light} blinks` : '')));
  el('calibrate').addEventListener('click', () => {
    const open = !options.faces;
    act('POST', 'calibration', { open }, answer => {
      options.faces = open;
      showCalibration(answer);
      openStream();
      return open ? 'faces are shown on this page, not on others' : 'faces are coarse again';
    });
  });
  el('restart').addEventListener('click', () => act('POST', 'source/restart', undefined, () => 'the camera is opened anew'));
  el('agent-form').addEventListener('submit', event => {
    event.preventDefault();
    const wish = Object.fromEntries(['name', 'role', 'location'].map(key => [key, el(`agent-${key}`).value]));
    act('PUT', 'agent', wish, agent => { showAgent(agent); return 'saved'; });
  });
}

function showAgent(agent) {
  for (const key of ['name', 'role', 'location']) {
    if (document.activeElement !== el(`agent-${key}`)) el(`agent-${key}`).value = agent[key];
  }
}

function listen() {
  const events = new EventSource('api/v1/events');
  const on = (name, take) => events.addEventListener(name, event => take(JSON.parse(event.data)));
  on('tuning', takeChange);
  on('in_effect', ({ revision }) => { tuning.inEffect = revision; showRows(); });
  on('persisted', ({ revision, error }) => {
    if (revision) tuning.persisted = revision;
    if (error) say(`not kept: ${error}`);
    showRows();
  });
  on('agent', showAgent);
  return events;
}

/// Once the agent answers; a page that outlived an agent's restart begins again, since revisions
/// count anew in each run.
async function begin() {
  for (;;) {
    try {
      const [schema, state, agent] = await Promise.all(['schema', 'tuning', 'agent'].map(path => api('GET', path)));
      build(schema.json.parameters);
      takeState(state.json);
      showAgent(agent.json);
      await readPresets();
      wire();
      const events = listen();
      events.addEventListener('status', event => {
        if (JSON.parse(event.data).agent.run !== agent.json.run) location.reload();
      });
      return;
    } catch {
      await new Promise(done => setTimeout(done, 2000));
    }
  }
}

begin();

// The console of one gateway: what it knows, drawn from /v1 and kept current by /v1/events.
//
// One state, one draw. Answers and events change `state`; `draw` builds what the page should be and `morph` brings the
// page there, so that focus and open rows survive. Text enters the page as text nodes only, never as markup.

const STAGES = ['accepted', 'submitted', 'included', 'final', 'proven', 'delivered', 'acknowledged'];
const PLACES = [['gateway', 1], ['source chain', 3], ['relayer', 1], ['destination', 1], ['source', 1]];
const ENDINGS = ['delivered', 'expired', 'refused'];
const POLL_MS = 2000;
const REFRESH_MS = 3000;
const PAGE = 50;

const state = {
  attestations: new Map(),
  next: null,
  lanes: null,
  clients: null,
  status: null,
  listed: false,
  open: new Set(),
  fresh: new Set(),
  copied: null,
  connection: 'waiting',
  trouble: null,
  answeredAt: 0,
  ahead: 0,
};

/** Now by the gateway's clock, so that a wrong clock here does not show as waiting there. */
const now = () => Date.now() + state.ahead;

const by = id => document.getElementById(id);

// ---------------------------------------------------------------------------------------------------------- elements

/** Builds an element. Members of `given` are attributes; null and false leave one out. Strings become text nodes. */
function h(tag, given = {}, ...children) {
  return fill(document.createElement(tag), given, children);
}

function svg(tag, given = {}, ...children) {
  return fill(document.createElementNS('http://www.w3.org/2000/svg', tag), given, children);
}

function fill(element, given, children) {
  for (const [name, value] of Object.entries(given)) {
    if (value === null || value === undefined || value === false) continue;
    element.setAttribute(name, value === true ? '' : String(value));
  }
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return element;
}

/** Makes the children of `place` equal to `wanted`, keeping every node that can stay; `data-key` names a node. */
function morph(place, wanted) {
  const named = new Map();
  for (const child of place.children) if (child.dataset.key) named.set(child.dataset.key, child);
  let at = place.firstChild;
  for (const want of wanted) {
    const key = want.dataset?.key;
    let have = key ? named.get(key) : at;
    const same = have && have.nodeType === want.nodeType && have.nodeName === want.nodeName && have.dataset?.key === key;
    if (!same) {
      place.insertBefore(want, at);
      continue;
    }
    if (have === at) at = at.nextSibling;
    else place.insertBefore(have, at);
    become(have, want);
  }
  while (at) {
    const gone = at;
    at = at.nextSibling;
    gone.remove();
  }
}

function become(have, want) {
  if (have.nodeType === Node.TEXT_NODE) {
    if (have.data !== want.data) have.data = want.data;
    return;
  }
  const theirs = name => have.nodeName === 'DETAILS' && name === 'open'; // the reader opened it
  for (const { name } of [...have.attributes]) if (!want.hasAttribute(name) && !theirs(name)) have.removeAttribute(name);
  for (const { name, value } of want.attributes) if (have.getAttribute(name) !== value) have.setAttribute(name, value);
  morph(have, [...want.childNodes]);
}

const show = (id, ...wanted) => morph(by(id), wanted.flat(Infinity).filter(Boolean));

// ------------------------------------------------------------------------------------------------------------- words

const number = new Intl.NumberFormat('en-GB');
const count = n => (typeof n === 'number' ? number.format(n).replaceAll(',', '\u202f') : '–');
const plural = (n, one, many = one + 's') => `${count(n)} ${n === 1 ? one : many}`;
const upper = text => text.charAt(0).toUpperCase() + text.slice(1);
const octets = hex => (typeof hex === 'string' ? Math.max(0, (hex.length - 2) >> 1) : 0);
const middle = (text, head = 10, tail = 6) => (text.length > head + tail + 1 ? `${text.slice(0, head)}…${text.slice(-tail)}` : text);

/** A span in the unit that keeps it short: 38 ms, 4.2 s, 12 min, 3 h 20 min, 6 d 2 h. */
function span(ms) {
  if (!Number.isFinite(ms)) return '–';
  if (ms < 0) return '0 s';
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 59950) return `${(ms / 1000).toFixed(1)} s`;
  const s = Math.round(ms / 1000);
  if (s < 3600) return two(Math.floor(s / 60), 'min', s % 60, 's', s < 600);
  if (s < 86400) return two(Math.floor(s / 3600), 'h', Math.floor((s % 3600) / 60), 'min', true);
  return two(Math.floor(s / 86400), 'd', Math.floor((s % 86400) / 3600), 'h', s < 86400 * 30);
}

const two = (a, big, b, small, both) => (both && b ? `${a} ${big} ${b} ${small}` : `${a} ${big}`);

/** A span that counts up while one looks at it: whole seconds only. */
const counting = ms => (ms < 59950 ? `${Math.max(0, Math.floor(ms / 1000))} s` : span(ms));

const ago = at => {
  const ms = now() - Date.parse(at);
  return ms < 5000 ? 'just now' : `${counting(ms)} ago`;
};

const clock = at => new Date(at).toISOString().slice(11, 23);
const utc = at => `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;

const KINDS = { qbft: 'QBFT', ibft2: 'IBFT 2.0', fisco: 'FISCO BCOS', fisco_sm: 'FISCO BCOS (SM)' };
const kindInWords = kind => KINDS[kind] ?? kind ?? 'Consensus';

function trustInWords(trust, kind) {
  if (!trust) return 'Trust not known yet';
  if (trust.mode === 'corroborated') return `${kindInWords(kind).replace(' BCOS', '')} seals + ${trust.needed} of ${trust.watchers} watchers`;
  if (trust.mode === 'committee') return `Committee: ${trust.needed} of ${trust.verifiers} verifiers`;
  return trust.mode === 'header-proof' ? `${kindInWords(kind)} header proof` : trust.mode;
}

function trustExplained(trust) {
  if (trust?.mode === 'corroborated') return `A header counts when a quorum of the sealers signed it, and ${trust.needed} of ${trust.watchers} watchers who run their own nodes signed it as well.`;
  if (trust?.mode === 'committee') return `A block counts when ${trust.needed} of ${trust.verifiers} named verifiers signed what it holds. They judged it; this chain has their word, not a proof.`;
  if (trust?.mode === 'header-proof') return 'A header counts when a quorum of its validators sealed it and the set trusted before vouches for them.';
  return '';
}

/** Milliseconds of an ISO 8601 duration of days and shorter; NaN for another text. */
function period(iso) {
  const parts = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(iso ?? '');
  if (!parts) return NaN;
  const [days, hours, minutes, seconds] = parts.slice(1).map(part => Number(part ?? 0));
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
}

const laneState = { moving: 'Moving', idle: 'Idle', unseen: 'Not read yet', troubled: 'In trouble', halted: 'Halted' };

// ------------------------------------------------------------------------------------------------------ small pieces

function copyButton(text, what) {
  const done = state.copied === text;
  return h('button', { type: 'button', class: 'copy', 'data-action': 'copy', 'data-copy': text, 'data-done': done, 'aria-label': `Copy ${what}`, title: done ? 'Copied' : `Copy ${what}` },
    svg('svg', { viewBox: '0 0 16 16', 'aria-hidden': 'true' },
      done ? svg('path', { d: 'M3 8.5l3.2 3.2L13 4.8' }) : [svg('rect', { x: 5.5, y: 5.5, width: 8, height: 8, rx: 1.5 }), svg('path', { d: 'M10.5 5.5v-3h-8v8h3' })]));
}

const hash = (text, what, head, tail) => h('span', { class: 'hash' }, h('code', { title: text }, middle(text, head, tail)), copyButton(text, what));

const fact = (name, ...value) => h('div', {}, h('dt', {}, name), h('dd', {}, ...value));

const time = (at, words) => h('time', { datetime: at, title: utc(at) }, words);

const empty = (title, words) => h('div', { class: 'empty', 'data-key': 'empty' }, h('p', { class: 'empty-title' }, title), h('p', {}, words));

const waiting = () => h('div', { class: 'empty', 'data-key': 'waiting' }, h('p', {}, state.trouble ? 'Nothing was read yet.' : 'Reading…'));

const badge = (tone, words) => h('span', { class: 'badge', 'data-tone': tone }, words);

// ------------------------------------------------------------------------------------------------- masthead and lanes

const CONNECTIONS = {
  waiting: 'Connecting',
  live: 'Live',
  polling: 'Reconnecting, polling every 2 s',
  troubled: 'Gateway in trouble',
  lost: 'Gateway does not answer',
};

function drawMasthead() {
  const { status, connection } = state;
  by('connection').dataset.state = connection;
  const words = CONNECTIONS[connection];
  if (by('connection-words').textContent !== words) by('connection-words').textContent = words;
  const self = status?.members.find(member => member.self)?.name;
  by('member').textContent = self ? `Member ${self}` : '';
  by('version').textContent = status ? `Waybill ${status.version}` : '';
  document.title = self ? `${self} · Waybill` : 'Waybill';
  show('chains', chains().map(chain =>
    h('li', { 'data-key': chain.id },
      h('span', { class: 'chain-name' }, h('code', {}, chain.id), chain.kind && h('span', { class: 'kind' }, kindInWords(chain.kind))),
      h('span', { class: 'height' }, h('span', { class: 'unseen' }, 'height '), chain.height ? count(chain.height) : '–'))));
}

/** The chains that the lanes join, with the newest height that this gateway saw of each. */
function chains() {
  const heads = new Map();
  for (const it of state.lanes ?? []) {
    for (const [id, head] of [[it.source, it.sourceHead], [it.destination, it.destinationHead]]) heads.set(id, Math.max(head, heads.get(id) ?? 0));
  }
  return [...heads].map(([id, height]) => ({ id, height, kind: state.clients?.find(client => client.follows === id)?.kind }));
}

function drawTrouble() {
  const place = by('trouble');
  place.hidden = !state.trouble;
  if (!state.trouble) return;
  const { title, detail, nextAction } = state.trouble;
  const age = state.answeredAt ? ` What you see was true at ${clock(state.answeredAt).slice(0, 8)} UTC.` : '';
  show('trouble', h('p', { class: 'trouble-title' }, title), h('p', {}, `${detail ?? ''} ${nextAction ?? ''}${age}`));
}

function drawLanes() {
  if (!state.lanes) return show('lanes', waiting());
  if (!state.lanes.length) return show('lanes', empty('No lane is open', 'Name one under “lanes” in the configuration of this member.'));
  show('lanes', state.lanes.map(lane));
}

const clientOf = id => state.clients?.find(client => client.id === id);

/** How far a lane's packets came, and whether anything keeps them. */
function counted(it) {
  const [sent, delivered, acknowledged] = [it.packets?.size, it.statuses?.size, it.packets?.acknowledged];
  const [stopped, stoppedBack] = [it.sourceClient, it.destinationClient].map(clientOf).map(client => (client?.status && client.status !== 'active' ? client : null));
  const condition = stopped ? 'halted' : stoppedBack || it.trouble ? 'troubled' : !it.packets ? 'unseen' : sent > acknowledged ? 'moving' : 'idle';
  const told = client => `The light client of ${client.follows} on ${client.chain} is ${client.status}`;
  const reason = stopped ? `${told(stopped)}: nothing is delivered until an operator anchors it anew.`
    : stoppedBack ? `${told(stoppedBack)}: deliveries go on, acknowledgements wait for an operator to anchor it anew.` : it.trouble;
  return { sent, delivered, acknowledged, condition, reason };
}

function lane(it) {
  const { sent, delivered, acknowledged, condition, reason } = counted(it);
  const travelling = Math.max(0, sent - delivered);
  const unanswered = Math.max(0, delivered - acknowledged);
  const lease = state.status?.leases?.find(held => held.lane === it.name);
  const kind = clientOf(it.sourceClient)?.kind;
  const kindBack = clientOf(it.destinationClient)?.kind;
  return h('article', { class: 'lane', 'data-key': it.id, 'data-state': condition, 'aria-label': `Lane ${it.name}` },
    h('div', { class: 'lane-head' }, h('h3', {}, it.name), h('span', { class: 'lane-state' }, laneState[condition])),
    h('div', { class: 'picture' },
      end('source', it.source, [['sent', sent], ['acknowledged', acknowledged]]),
      h('div', { class: 'wires' },
        wire('out', travelling ? `${count(travelling)} on the way` : sent ? 'all delivered' : 'nothing on the way', travelling > 0),
        wire('back', unanswered ? `${count(unanswered)} to acknowledge` : delivered ? 'all acknowledged' : 'nothing to acknowledge', unanswered > 0)),
      end('destination', it.destination, [['delivered', delivered]])),
    reason && h('p', { class: 'reason', 'data-tone': condition === 'halted' ? 'bad' : 'warn' }, reason),
    h('p', { class: 'trust' }, h('strong', {}, trustInWords(it.trust, kind)), ' ', trustExplained(it.trust),
      it.trustBack && h('span', { class: 'trust-back' }, ' Acknowledgements: ', trustInWords(it.trustBack, kindBack), '.')),
    h('dl', { class: 'facts lane-facts' },
      fact('Carried by', lease?.holder ?? 'nobody now', lease?.holder && h('span', { class: 'soft' }, `, epoch ${lease.epoch}`)),
      fact('Outbox', hash(it.outbox, `outbox of ${it.name}`, 6, 4)),
      fact('Inbox', hash(it.inbox, `inbox of ${it.name}`, 6, 4))));
}

function end(role, chain, counts) {
  return h('div', { class: `end ${role}` },
    h('span', { class: 'role' }, role),
    h('code', { class: 'chain' }, chain),
    h('dl', { class: 'counts' }, counts.map(([name, n]) => h('div', {}, h('dt', {}, name), h('dd', {}, count(n))))));
}

function wire(way, words, busy) {
  return h('p', { class: `wire ${way}`, 'data-busy': busy }, h('span', { class: 'line', 'aria-hidden': 'true' }), h('span', { class: 'cargo' }, words));
}

// ------------------------------------------------------------------------------------------------------ attestations

/** Where one attestation stands: a cell for every stage, and the tone of the whole. */
function progress(a) {
  const reached = new Map();
  for (const stage of a.stages) reached.set(ENDINGS.includes(stage.stage) ? 'delivered' : stage.stage, stage);
  reached.delete('parked');
  const last = Math.max(0, ...[...reached.keys()].map(name => STAGES.indexOf(name)));
  const bad = a.outcome === 'refused';
  const ended = a.outcome === 'expired' || bad;
  const done = last === STAGES.length - 1;
  const parked = a.state === 'parked';
  const tone = bad ? 'bad' : a.outcome === 'expired' || parked ? 'warn' : a.outcome === 'delivered' ? 'good' : 'going';
  let before = null;
  const cells = STAGES.map((name, at) => {
    const stage = reached.get(name) ?? null;
    const took = stage && before ? Date.parse(stage.at) - Date.parse(before.at) : null;
    if (stage) before = stage;
    const kind = stage || at < last ? 'reached' : at === last + 1 && !done ? (parked ? 'parked' : 'next') : 'ahead';
    return { name: stage?.stage ?? name, stage, took, kind, ending: name === 'delivered' && ended };
  });
  return { cells, last, tone, done, parked, ended, since: before };
}

function stateInWords(a, p) {
  if (p.parked) return 'Parked';
  if (a.outcome === 'refused' || a.outcome === 'expired') return upper(a.outcome);
  return upper(a.state);
}

const subjectInWords = a => a.subject ?? (a.schema ? 'Committed subject' : 'Unreadable statement');

/** Why an attestation ended, or why it waits: the gateway's words, or what its status means. */
function reasonInWords(a) {
  if (a.reason) return a.reason;
  if (a.outcome === 'expired') return 'Its timeout had passed by the destination’s clock when it arrived. It will not be delivered.';
  if (a.outcome === 'refused') return 'The Inbox refused it as malformed or against the lane’s policy. It will not be delivered.';
  return null;
}

function drawAttestations() {
  const all = [...state.attestations.values()].sort((a, b) => b.acceptedAt.localeCompare(a.acceptedAt) || b.id.localeCompare(a.id));
  by('older').hidden = !state.next;
  if (!state.listed) return show('timetable', waiting());
  if (!all.length) return show('timetable', empty('No attestation yet', 'State the first one: it is accepted at once and you can watch it cross here, stage by stage.'));
  show('timetable', legend(), h('ol', { class: 'rows', 'data-key': 'rows' }, all.map(row)));
}

function legend() {
  return h('div', { class: 'legend', 'aria-hidden': 'true', 'data-key': 'legend' },
    h('span', { class: 'legend-name' }, 'Statement'),
    h('div', { class: 'legend-stages' },
      PLACES.map(([place, width]) => h('span', { class: `place w${width}` }, h('i', {}, place))),
      STAGES.map(name => h('span', { class: 'legend-stage' }, name))),
    h('span', { class: 'legend-state' }, 'State'));
}

const laneName = a => a.lane.name ?? middle(a.lane.id);

function row(a) {
  const p = progress(a);
  const open = state.open.has(a.id);
  const total = Date.parse(p.since?.at ?? a.acceptedAt) - Date.parse(a.acceptedAt);
  const details = `details-${a.id}`;
  return h('li', { class: 'row', id: `attestation-${a.id}`, 'data-key': a.id, 'data-tone': p.tone, 'data-fresh': state.fresh.has(a.id), 'data-open': open },
    h('h3', { class: 'row-title' },
      h('button', { type: 'button', class: 'summary', 'data-action': 'toggle', 'data-id': a.id, 'aria-expanded': String(open), 'aria-controls': details },
        h('span', { class: 'statement' },
          h('span', { class: a.subject ? 'subject' : 'subject committed' }, subjectInWords(a)),
          h('span', { class: 'under' }, a.schema && h('span', { class: 'schema' }, a.schema), a.schema && h('span', { class: 'dot' }, '·'), h('span', {}, laneName(a)))),
        track(p),
        h('span', { class: 'standing' },
          h('span', { class: 'state' }, stateInWords(a, p)),
          h('span', { class: 'under' }, p.done || p.ended || a.outcome ? `in ${span(total)}` : p.parked ? `after ${span(total)}` : null,
            (p.done || a.outcome || p.parked) && h('span', { class: 'dot' }, '·'), h('span', {}, ago(a.acceptedAt)))),
        h('span', { class: 'chevron', 'aria-hidden': 'true' }))),
    reasonInWords(a) && h('p', { class: 'reason', 'data-tone': p.tone }, reasonInWords(a)),
    h('div', { class: 'details', id: details, hidden: !open }, open && expansion(a, p)));
}

function track(p) {
  const reached = p.cells.filter(cell => cell.kind === 'reached').length;
  const here = p.cells[p.last].name;
  return h('span', { class: 'track', role: 'img', 'aria-label': `, ${reached} of ${STAGES.length} stages, last ${here}, ` },
    p.cells.map(cell => h('span', { class: 'cell', 'data-kind': cell.kind, 'data-ending': cell.ending },
      h('span', { class: 'station' }),
      h('span', { class: 'took' }, cell.stage ? (cell.took === null ? clock(cell.stage.at).slice(0, 8) : span(cell.took))
        : cell.kind === 'next' && p.since ? counting(now() - Date.parse(p.since.at)) : ''))));
}

function expansion(a, p) {
  return [
    h('div', { class: 'journey' },
      h('h4', {}, 'The way so far'),
      h('ol', { class: 'log' }, p.cells.filter(cell => cell.stage || cell.kind === 'next' || cell.kind === 'parked').map(cell => logEntry(a, p, cell)))),
    h('div', { class: 'stated' },
      h('h4', {}, 'What is stated'),
      h('dl', { class: 'facts' },
        a.issuer && fact('Issuer', h('span', { class: 'name' }, a.issuer)),
        a.subject && fact('Subject', a.subject),
        a.subjectCommitment && fact('Commitment', hash(a.subjectCommitment, 'subject commitment')),
        a.validFrom && fact('Valid from', utc(a.validFrom)),
        a.validUntil && fact('Valid until', utc(a.validUntil)),
        fact('Times out', utc(a.timeout)),
        typeof a.index === 'number' && fact('Index', `packet ${count(a.index)} of ${laneName(a)}`),
        a.claimsHash && fact('Claims hash', hash(a.claimsHash, 'claims hash')),
        fact('Id', hash(a.id, 'attestation id', 13, 6))),
      a.claims && Object.keys(a.claims).length ? claimsTable(a.claims) : h('p', { class: 'soft' }, 'The claims are not readable here; only their hash crossed.'),
      h('p', { class: 'actions' }, p.last >= STAGES.indexOf('proven')
        ? h('button', { type: 'button', 'data-action': 'proof', 'data-id': a.id }, 'View the proof')
        : h('span', { class: 'soft' }, p.parked ? 'There is no proof while it is parked.' : 'The proof can be seen as soon as it is proven.'))),
  ];
}

function logEntry(a, p, cell) {
  const { stage, kind, took } = cell;
  if (!stage) {
    return h('li', { 'data-kind': kind }, h('div', { class: 'log-head' },
      h('span', { class: 'log-name' }, kind === 'parked' ? 'parked' : `${cell.name}…`),
      h('span', { class: 'log-took' }, kind === 'next' ? counting(now() - Date.parse(p.since.at)) : '')));
  }
  return h('li', { 'data-kind': kind, 'data-ending': cell.ending },
    h('div', { class: 'log-head' },
      h('span', { class: 'log-name' }, stage.stage),
      h('span', { class: 'log-took' }, took === null ? '' : `+ ${span(took)}`),
      h('time', { class: 'log-time', datetime: stage.at, title: utc(stage.at) }, clock(stage.at))),
    (stage.chain || stage.tx) && h('p', { class: 'log-facts' },
      stage.chain && h('code', {}, stage.chain),
      typeof stage.height === 'number' && h('span', {}, 'height ', h('b', {}, count(stage.height))),
      stage.tx && h('span', {}, 'tx ', hash(stage.tx, `transaction of stage ${stage.stage}`)),
      stage.time && h('span', {}, 'block time ', h('time', { datetime: stage.time, title: utc(stage.time) }, clock(stage.time)))));
}

const literal = value => (typeof value === 'string' ? value : JSON.stringify(value));

function claimsTable(claims) {
  return h('table', { class: 'claims-table' }, h('caption', {}, 'Claims'),
    h('tbody', {}, Object.entries(claims).map(([key, value]) => h('tr', {}, h('th', { scope: 'row' }, key),
      h('td', {}, typeof value === 'string' && /^0x[0-9a-f]{40,}$/i.test(value) ? hash(value, `claim ${key}`) : literal(value))))));
}

// ----------------------------------------------------------------------------------------- light clients and members

function drawClients() {
  if (!state.clients) return show('clients', waiting());
  if (!state.clients.length) return show('clients', empty('No light client', 'A lane needs one on each of its chains.'));
  show('clients', state.clients.map(client));
}

function client(it) {
  const trusted = period(it.trustingPeriod);
  const age = it.time ? Math.max(0, now() - Date.parse(it.time)) : NaN;
  const share = Math.min(1, age / trusted);
  const behind = typeof it.height === 'number' && it.followedHead ? Math.max(0, it.followedHead - it.height) : NaN;
  const tone = { active: share > 0.75 ? 'warn' : 'good', frozen: 'bad' }[it.status] ?? 'warn';
  return h('article', { class: 'client', 'data-key': it.id },
    h('div', { class: 'client-head' },
      h('h3', {}, h('code', {}, it.follows), h('span', { class: 'on' }, ' followed on '), h('code', {}, it.chain)),
      badge(tone, (it.status ?? 'not read').toUpperCase())),
    it.trouble && h('p', { class: 'reason', 'data-tone': 'warn' }, it.trouble),
    h('dl', { class: 'facts across' },
      fact('Height', count(it.height), Number.isFinite(behind) && h('span', { class: 'soft' }, behind ? `, ${count(behind)} behind` : ', at the head')),
      fact('Trust', trustInWords(it.trust, it.kind)),
      it.hash && fact('Header', hash(it.hash, 'header hash', 8, 4)),
      fact('Contract', hash(it.contract, 'client contract', 8, 4))),
    h('div', { class: 'age', 'data-tone': tone },
      Number.isFinite(share) && svg('svg', { class: 'gauge', viewBox: '0 0 100 1', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
        svg('rect', { class: 'whole', width: 100, height: 1 }), svg('rect', { class: 'part', width: Math.max(0.6, share * 100).toFixed(2), height: 1 })),
      h('p', {},
        Number.isFinite(age) ? h('span', {}, 'newest header is ', h('b', {}, counting(age)), ' old') : h('span', {}, typeof it.headers === 'number' ? `remembers ${plural(it.headers, 'header')}` : ''),
        h('span', {}, `trusts a header for ${span(trusted)}`))));
}

function drawMembers() {
  const { status } = state;
  if (!status) return show('members', waiting());
  if (!status.members?.length) return show('members', empty('No member is seen', 'This gateway is not part of a cluster.'));
  show('members', h('table', { class: 'members', 'data-key': 'members' },
    h('thead', {}, h('tr', {}, ['Member', 'Carries', 'Epoch', 'Until'].map(name => h('th', { scope: 'col' }, name)))),
    h('tbody', {}, status.members.flatMap(member => {
      const held = status.leases.filter(lease => lease.holder === member.name);
      return (held.length ? held : [null]).map((lease, at) => h('tr', { 'data-key': `${member.name}/${lease?.lane ?? ''}` },
        h('th', { scope: 'row' }, at ? h('span', { class: 'unseen' }, member.name) : [member.name, member.self && h('span', { class: 'soft' }, ' (this)')]),
        h('td', {}, lease?.lane ?? h('span', { class: 'soft' }, 'nothing, stands by')),
        h('td', {}, lease ? count(lease.epoch) : ''),
        h('td', {}, lease?.until ? h('time', { datetime: lease.until, title: utc(lease.until) }, clock(lease.until).slice(0, 8)) : '')));
    }), status.leases.filter(lease => !lease.holder).map(lease => h('tr', { 'data-key': `/${lease.lane}` },
      h('th', { scope: 'row' }, h('span', { class: 'soft' }, 'nobody')), h('td', {}, lease.lane), h('td', {}, count(lease.epoch)), h('td', {}, ''))))));
}

// -------------------------------------------------------------------------------------------------------------- draw

let due = false;

function draw() {
  if (due) return;
  due = true;
  requestAnimationFrame(() => {
    due = false;
    for (const part of [drawMasthead, drawTrouble, drawLanes, drawAttestations, drawClients, drawMembers, offerLanes]) part();
  });
}

let saying;

function say(words) {
  clearTimeout(saying);
  saying = setTimeout(() => { by('said').textContent = words; }, 50);
}

// --------------------------------------------------------------------------------------------------------------- api

/** Asks the gateway. Throws what it says as problem+json, or a problem of the same shape when it says nothing. */
async function ask(path, options = {}) {
  let response;
  try {
    response = await fetch(path, { cache: 'no-store', ...options, headers: { Accept: 'application/json, application/problem+json', ...options.headers } });
  } catch {
    throw { title: 'The gateway does not answer', status: 0, detail: 'No connection could be made.', nextAction: 'The console tries again every 2 s.' };
  }
  let body = null;
  try {
    body = await response.json();
  } catch {
    body = null;
  }
  if (response.ok && body !== null) return body;
  throw body?.title ? body : { title: `The gateway answered ${response.status}`, status: response.status, detail: 'The answer could not be read.', nextAction: 'Look at the log of the gateway.' };
}

function take(a) {
  const known = state.attestations.get(a.id);
  if (known && known.stages.length > a.stages.length && a.state !== 'parked') return;
  state.attestations.set(a.id, a);
  if (!state.listed) return;
  if (!known) mark(a.id);
  if (known && known.state !== a.state) say(`${subjectInWords(a)}: ${a.state}${reasonInWords(a) ? `. ${reasonInWords(a)}` : ''}`);
}

function mark(id) {
  state.fresh.add(id);
  setTimeout(() => {
    state.fresh.delete(id);
    draw();
  }, 2400);
}

async function readAttestations(cursor) {
  const page = await ask(`/v1/attestations?limit=${PAGE}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`);
  const before = state.listed;
  page.attestations.forEach(take);
  if (cursor || !before) state.next = page.next ?? null;
  state.listed = true;
}

async function readStatus() {
  const [lanes, clients, status] = await Promise.all(['/v1/lanes', '/v1/clients', '/v1/status'].map(path => ask(path)));
  Object.assign(state, { lanes: lanes.lanes, clients: clients.clients, status, ahead: Date.parse(status.now) - Date.now() || 0 });
}

/** Runs one reading; what goes wrong is told once on the page and taken away by the next reading that succeeds. */
async function read(...readings) {
  try {
    await Promise.all(readings.map(reading => reading()));
    state.trouble = null;
    state.answeredAt = Date.now();
    if (!live) state.connection = 'polling';
  } catch (problem) {
    if (!problem.title) throw problem;
    state.trouble = problem;
    if (!live) state.connection = problem.status ? 'troubled' : 'lost';
  }
  draw();
}

// ------------------------------------------------------------------------------------------------------------ events

let source = null;
let live = false;
let retry = 0;
let statusDue = null;

/** Listens to the gateway. The browser reconnects by itself; when it gives up, so do we not. */
function listen() {
  source?.close();
  source = new EventSource('/v1/events');
  source.addEventListener('open', () => {
    live = true;
    retry = 0;
    state.connection = 'live';
    read(readAttestations, readStatus);
  });
  source.addEventListener('attestation', event => {
    take(JSON.parse(event.data));
    draw();
    statusDue ??= setTimeout(() => {
      statusDue = null;
      read(readStatus);
    }, 300);
  });
  source.addEventListener('error', () => {
    if (live) say('Connection lost; polling every 2 seconds');
    live = false;
    if (state.connection === 'live') state.connection = 'polling';
    if (source.readyState === EventSource.CLOSED) setTimeout(listen, Math.min(15000, 1000 * 2 ** retry++));
    draw();
  });
}

function poll() {
  if (!live && !document.hidden) read(readAttestations, readStatus);
}

// -------------------------------------------------------------------------------------------------------------- form

const form = by('form');
let sent = { body: '', key: '' };

function offerLanes() {
  const select = by('f-lane');
  const chosen = select.value;
  morph(select, (state.lanes ?? []).map(it => h('option', { value: it.name, 'data-key': it.id }, `${it.name}  (${it.source} → ${it.destination})`)));
  if (chosen) select.value = chosen;
  const it = state.lanes?.find(one => one.name === select.value);
  const words = it ? `${trustInWords(it.trust, clientOf(it.sourceClient)?.kind)}; times out after at most ${span(period(it.maxTimeout))}${counted(it).condition === 'halted' ? '. Halted now: what is accepted waits' : ''}` : 'No lane is known yet';
  if (by('f-lane-hint').textContent !== words) by('f-lane-hint').textContent = words;
}

let claimCount = 0;
const claimLines = () => [...by('claims').querySelectorAll('.claim')];

function addClaim(key = '', value = '', focus = false) {
  const n = ++claimCount;
  const input = (part, label, given) => h('label', { class: `claim-${part}` }, h('span', { class: 'unseen' }, label), given);
  const line = h('div', { class: 'claim', role: 'group', 'aria-label': `Claim ${n}` },
    input('key', 'Name', h('input', { type: 'text', name: 'claim-key', value: key, placeholder: 'name', autocomplete: 'off', spellcheck: 'false' })),
    input('value', 'Value', h('input', { type: 'text', name: 'claim-value', value, placeholder: 'value', autocomplete: 'off', spellcheck: 'false' })),
    input('as', 'Read as', h('select', { name: 'claim-as' }, h('option', { value: 'text' }, 'text'), h('option', { value: 'json' }, 'JSON'))),
    h('button', { type: 'button', class: 'quiet remove', 'data-action': 'remove-claim', 'aria-label': `Remove claim ${n}`, title: 'Remove' },
      svg('svg', { viewBox: '0 0 16 16', 'aria-hidden': 'true' }, svg('path', { d: 'M4 4l8 8M12 4l-8 8' }))));
  by('claims').append(line);
  if (focus) line.querySelector('input').focus();
}

/** What the form says, as the API wants it; members that cannot be read are told as the API would tell them. */
function statement() {
  const data = new FormData(form);
  const text = name => String(data.get(name) ?? '').trim();
  const errors = [];
  const need = (pointer, value, expected) => value || errors.push({ pointer, expected, found: 'nothing' });
  const body = { lane: text('lane'), schema: text('schema'), issuer: text('issuer') };
  need('/lane', body.lane, 'a lane');
  need('/schema', body.schema, 'a name, such as inspection/1');
  need('/issuer', body.issuer, 'a DID, such as did:web:customs.example');
  const naming = text('naming');
  body[naming] = text('subject');
  need(`/${naming}`, body[naming], naming === 'subject' ? 'what the statement is about' : '0x and 64 hexadecimal digits');
  body.claims = {};
  for (const line of claimLines()) {
    const [key, value, as] = [...line.querySelectorAll('input, select')].map(field => field.value);
    if (!key.trim() && !value.trim()) continue;
    const pointer = `/claims/${escapePointer(key.trim())}`;
    if (!key.trim()) errors.push({ pointer: '/claims', expected: 'a name for each claim', found: `the value ${value} without one` });
    else if (Object.hasOwn(body.claims, key.trim())) errors.push({ pointer, expected: 'each name once', found: `${key.trim()} twice` });
    try {
      body.claims[key.trim()] = as === 'json' ? JSON.parse(value) : value;
    } catch {
      errors.push({ pointer, expected: 'JSON, such as 12, true or {"grade": "A"}', found: value });
    }
  }
  const howMany = text('timeout');
  if (!/^[1-9]\d{0,5}$/.test(howMany)) errors.push({ pointer: '/timeout', expected: 'a whole number from 1', found: howMany || 'nothing' });
  body.timeout = text('unit').replace('#', howMany);
  for (const name of ['validFrom', 'validUntil']) if (text(name)) body[name] = new Date(text(name)).toISOString().replace('.000', '');
  return { body, errors };
}

const escapePointer = key => key.replaceAll('~', '~0').replaceAll('/', '~1');
const lastOfPointer = pointer => pointer.split('/').slice(2, 3).map(part => part.replaceAll('~1', '/').replaceAll('~0', '~'))[0];

/** The control that a JSON pointer speaks of, or null when the form has none. */
function control(pointer) {
  const field = fieldOf(pointer);
  if (!field) return null;
  if (pointer.startsWith('/claims/')) {
    const line = claimLines().find(one => one.querySelector('input').value.trim() === lastOfPointer(pointer));
    if (line) return line.querySelector('.claim-value input');
  }
  return field.querySelector('input[type=text], input[type=number], input[type=datetime-local], select');
}

const fieldOf = pointer => {
  const name = `/${pointer.split('/')[1] ?? ''}`.replace('/subjectCommitment', '/subject');
  return form.querySelector(`[data-pointer="${CSS.escape(name)}"]`);
};

function clearErrors() {
  by('form-problem').hidden = true;
  for (const told of form.querySelectorAll('.error')) told.remove();
  for (const field of form.querySelectorAll('[aria-invalid]')) {
    field.removeAttribute('aria-invalid');
    field.removeAttribute('aria-describedby');
  }
}

function tellErrors(problem) {
  clearErrors();
  const errors = problem.errors ?? (problem.pointer ? [problem] : []);
  errors.forEach((error, at) => {
    const field = control(error.pointer);
    if (!field) return;
    const id = `error-${at}`;
    const words = h('p', { class: 'error', id }, `Expected ${error.expected}`, error.found !== undefined && error.found !== null && `, found ${error.found}`);
    (field.closest('.claim') ?? field.closest('.measure') ?? field).after(words);
    field.setAttribute('aria-invalid', 'true');
    field.setAttribute('aria-describedby', [field.getAttribute('aria-describedby'), id].filter(Boolean).join(' '));
  });
  const place = by('form-problem');
  place.replaceChildren(...[
    h('p', { class: 'problem-title' }, problem.title),
    problem.detail && h('p', {}, problem.detail),
    problem.nextAction && h('p', { class: 'problem-next' }, problem.nextAction),
    errors.length > 0 && h('ul', {}, errors.map(error => h('li', {}, h('button', { type: 'button', class: 'link', 'data-action': 'go', 'data-pointer': error.pointer }, error.pointer), control(error.pointer) ? '' : `: expected ${error.expected}, found ${error.found}`))),
    problem.code && h('p', { class: 'problem-code' }, `${problem.status} `, h('code', {}, problem.code)),
  ].filter(Boolean));
  place.hidden = false;
  place.focus({ preventScroll: true });
  place.parentElement.scrollTo(0, 0);
}

async function send(event) {
  event.preventDefault();
  const { body, errors } = statement();
  if (errors.length) return tellErrors({ title: 'The statement is not complete', detail: errors.length === 1 ? 'One member is missing or cannot be read.' : `${errors.length} members are missing or cannot be read.`, nextAction: 'Correct what is marked below.', errors });
  const text = JSON.stringify(body);
  if (text !== sent.body) sent = { body: text, key: unique() };
  const button = by('f-send');
  button.disabled = true;
  try {
    const made = await ask('/v1/attestations', { method: 'POST', headers: { 'Content-Type': 'application/json', 'Idempotency-Key': sent.key }, body: text });
    clearErrors();
    sent = { body: '', key: '' };
    take(made);
    draw();
    by('form-dialog').close();
    say(`Accepted: ${subjectInWords(made)}`);
    requestAnimationFrame(() => requestAnimationFrame(() => document.querySelector(`#attestation-${CSS.escape(made.id)} .summary`)?.focus()));
  } catch (problem) {
    if (!problem.title) throw problem;
    tellErrors(problem.status === 0 ? { ...problem, nextAction: 'Send it again: the same statement is never accepted twice.' } : problem);
  } finally {
    button.disabled = false;
  }
}

/** A key that makes sending again harmless: the same statement keeps its key until it is accepted. */
function unique() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map(octet => octet.toString(16).padStart(2, '0')).join('');
}

function naming() {
  const words = form.elements.naming.value === 'subject';
  by('f-subject').placeholder = words ? 'lot 42' : '0x…';
  by('f-subject-label').textContent = words ? 'Subject in words' : 'Commitment to the subject';
  by('f-subject-hint').textContent = words ? 'Crosses in clear. For a person, give a salted commitment instead' : 'SHA-256 of the subject and a salt that stays with you: 0x and 64 digits';
}

// ------------------------------------------------------------------------------------------------------------- proof

async function viewProof(id) {
  const a = state.attestations.get(id);
  by('proof-of').textContent = [subjectInWords(a), a.schema, `over ${laneName(a)}`].filter(Boolean).join(', ');
  show('proof', h('p', { class: 'soft' }, 'Reading the bundle…'));
  by('proof-dialog').showModal();
  try {
    const bundle = await ask(`/v1/attestations/${encodeURIComponent(id)}/proof`);
    const rehashed = await rehash(bundle);
    state.proof = { id, bundle, rehashed };
    drawProof();
  } catch (problem) {
    if (!problem.title) throw problem;
    show('proof', h('div', { class: 'problem' }, h('p', { class: 'problem-title' }, problem.title), h('p', {}, problem.detail ?? ''), problem.nextAction && h('p', { class: 'problem-next' }, problem.nextAction)));
  }
}

const COMMAND = './waybill verify bundle.json --anchor anchor.json';

function drawProof() {
  if (!state.proof) return;
  const { id, bundle, rehashed } = state.proof;
  const { anchor, updates, event, checkpoint, inclusion, packet, lane: ends, algorithms } = bundle;
  const whole = new Blob([JSON.stringify(bundle)]).size;
  const sum = updates.reduce((total, update) => total + octets(update), 0);
  show('proof',
    h('p', { class: 'lead' }, 'Each box is proven by the box around it. Only the outermost is taken on trust: the anchor, which an operator pinned.'),
    box('anchor', 'Anchor', 'the trusted header', null, [
      ['Chain', h('code', {}, ends.source)], ['Height', count(anchor.height)], ['Hash', hash(anchor.hash, 'anchor hash')],
    ], box('header', 'Header', 'proof 1: seals that lead from the anchor', sum, [
      ['Height', count(event.height)], ['Updates', `${count(updates.length)} of kind ${kindInWords(anchor.kind)}`],
      ['Rests on', `${algorithms.signature}, ${algorithms.receiptHash}`],
    ], box('event', 'Event', 'proof 2: the receipt in that header', octets(event.proof), [
      ['Emitter', hash(ends.outbox, 'outbox', 8, 4)], ['Says', 'PacketCheckpoint'],
    ], box('checkpoint', 'Lane log checkpoint', 'proof 3: the path to its root', inclusion.path.length * 32, [
      ['Size', plural(checkpoint.size, 'packet')], ['Root', hash(checkpoint.root, 'checkpoint root')],
      ['Path', inclusion.path.length ? h('details', { class: 'path' }, h('summary', {}, plural(inclusion.path.length, 'hash', 'hashes')), h('ol', {}, inclusion.path.map((it, at) => h('li', {}, hash(it, `path hash ${at + 1}`))))) : 'none: it is the only packet'],
    ], box('packet', 'Packet', 'the statement, as this gateway reads it', octets(packet), [
      ['Index', count(inclusion.index)], rehashed.leaf && ['Leaf', hash(rehashed.leaf, 'leaf')],
      ['Octets', hash(packet, 'packet octets')],
      ...said(state.attestations.get(id)),
    ].filter(Boolean), verdict(rehashed.finding)))))),
    h('section', { class: 'offline' },
      h('h3', {}, 'Verify it without us'),
      h('p', {}, 'Save the bundle, take the anchor from your own records, and judge every seal and hash with no network:'),
      h('div', { class: 'command' }, h('code', {}, COMMAND), copyButton(COMMAND, 'the command')),
      h('p', { class: 'actions' },
        h('a', { class: 'button primary', href: `/v1/attestations/${encodeURIComponent(id)}/proof`, download: 'bundle.json' }, 'Download bundle.json'),
        h('span', { class: 'soft' }, `${count(whole)} octets`))));
}

function box(kind, title, role, size, facts, ...inside) {
  return h('section', { class: `box ${kind}`, 'data-key': kind },
    h('div', { class: 'box-head' }, h('h3', {}, title), h('span', { class: 'role' }, role), size !== null && h('span', { class: 'size' }, `${count(size)} octets`)),
    h('dl', { class: 'facts across' }, facts.map(([name, value]) => fact(name, value))),
    ...inside);
}

function said(it) {
  if (!it || typeof it !== 'object') return [];
  return ['schema', 'issuer', 'subject'].filter(name => typeof it[name] === 'string').map(name => [upper(name), h('span', { class: 'name' }, it[name])])
    .concat(it.claims ? [['Claims', h('code', { class: 'json' }, JSON.stringify(it.claims))]] : []);
}

function verdict(finding) {
  const words = {
    agree: 'Rehashed in this browser: from these octets the path leads to the root.',
    differ: 'Rehashed in this browser: the path does not lead to the root. Do not believe this bundle.',
    unable: 'This browser hashes only over HTTPS or on localhost, so nothing was rehashed here.',
  };
  return h('p', { class: 'verdict', 'data-tone': { agree: 'good', differ: 'bad', unable: 'warn' }[finding] }, words[finding]);
}

/** Walks from the packet's octets to the checkpoint's root by RFC 9162: leaf = SHA-256(00 || octets), node = SHA-256(01 || left || right). */
async function rehash({ packet, checkpoint, inclusion }) {
  if (!globalThis.crypto?.subtle) return { finding: 'unable' };
  const sha = async (...parts) => new Uint8Array(await crypto.subtle.digest('SHA-256', await new Blob(parts).arrayBuffer()));
  const leaf = await sha(new Uint8Array([0]), bytes(packet));
  const path = inclusion.path.map(bytes);
  let [node, at, size] = [leaf, inclusion.index, checkpoint.size];
  for (; size > 1; at = Math.floor(at / 2), size = Math.ceil(size / 2)) {
    const left = at % 2 === 1;
    if (!left && at + 1 >= size) continue;
    const sibling = path.shift();
    if (!sibling) return { finding: 'differ', leaf: text(leaf) };
    node = left ? await sha(new Uint8Array([1]), sibling, node) : await sha(new Uint8Array([1]), node, sibling);
  }
  const agree = path.length === 0 && inclusion.index < checkpoint.size && text(node) === checkpoint.root;
  return { finding: agree ? 'agree' : 'differ', leaf: text(leaf) };
}

const bytes = hex => Uint8Array.from(hex.slice(2).match(/../g) ?? [], pair => parseInt(pair, 16));
const text = octets => `0x${[...octets].map(octet => octet.toString(16).padStart(2, '0')).join('')}`;

// ----------------------------------------------------------------------------------------------------------- actions

async function copy(value) {
  try {
    await navigator.clipboard.writeText(value);
  } catch {
    const place = h('textarea', { class: 'unseen' });
    place.value = value;
    (document.querySelector('dialog[open]') ?? document.body).append(place);
    place.select();
    document.execCommand('copy');
    place.remove();
  }
  state.copied = value;
  say('Copied');
  redraw();
  setTimeout(() => {
    if (state.copied === value) state.copied = null;
    redraw();
  }, 1600);
}

function redraw() {
  draw();
  drawProof();
}

const ACTIONS = {
  toggle: ({ id }) => {
    if (!state.open.delete(id)) state.open.add(id);
    draw();
  },
  copy: ({ copy: value }) => copy(value),
  state: () => by('form-dialog').showModal(),
  close: (_, button) => button.closest('dialog').close(),
  proof: ({ id }) => viewProof(id),
  older: async (_, button) => {
    button.disabled = true;
    await read(() => readAttestations(state.next));
    button.disabled = false;
  },
  'add-claim': () => addClaim('', '', true),
  'remove-claim': (_, button) => {
    const line = button.closest('.claim');
    if (line.nextElementSibling?.matches('.error')) line.nextElementSibling.remove();
    line.remove();
    form.querySelector('[data-action="add-claim"]').focus();
  },
  go: ({ pointer }) => {
    const field = control(pointer);
    if (field?.closest('details')) field.closest('details').open = true;
    field?.focus();
  },
};

document.addEventListener('click', event => {
  const button = event.target.closest('[data-action]');
  if (button) ACTIONS[button.dataset.action](button.dataset, button);
  else if (event.target instanceof HTMLDialogElement) event.target.close();
});
by('proof-dialog').addEventListener('close', () => {
  state.proof = null;
  by('proof').replaceChildren();
});
form.addEventListener('submit', send);
form.addEventListener('change', event => {
  if (event.target.name === 'naming') naming();
  if (event.target.name === 'lane') offerLanes();
});
document.addEventListener('visibilitychange', poll);

addClaim('result', 'passed');
addClaim('inspector', '7731');
draw();
read(readAttestations, readStatus);
listen();
setInterval(draw, 1000);
setInterval(poll, POLL_MS);
setInterval(() => live && !document.hidden && read(readStatus), REFRESH_MS);

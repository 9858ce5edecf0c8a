// The console: shows what the API says, and says nothing the API does not. No library, no build step.
'use strict';

const $ = id => document.getElementById(id);
const shown = new Map();
let lanes = [], clients = [], status = {members: [], leases: []}, next = null, openId = null;

// ---- small words -------------------------------------------------------------------------------------------------

function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name === 'on') for (const [event, run] of Object.entries(value)) node.addEventListener(event, run);
    else node.setAttribute(name === 'cls' ? 'class' : name, value === true ? '' : value);
  }
  node.append(...children.flat().filter(child => child !== null && child !== undefined));
  return node;
}

const short = hex => hex ? hex.slice(0, 8) + '…' + hex.slice(-4) : '';
const many = (count, word) => `${count.toLocaleString('en')} ${word}${count === 1 ? '' : 's'}`;
const clock = iso => new Date(iso).toLocaleTimeString([], {hour: '2-digit', minute: '2-digit', second: '2-digit'});
const octets = hex => (hex.length - 2) / 2;

function size(hex) {
  const count = octets(hex);
  return count < 1024 ? many(count, 'octet') : (count / 1024).toFixed(1) + ' KiB';
}

async function get(path) {
  const response = await fetch(path, {headers: {Accept: 'application/json'}});
  const body = await response.json();
  if (!response.ok) throw body;
  return body;
}

const RULES = {qbft: 'QBFT', ibft2: 'IBFT 2.0', fisco: 'FISCO BCOS', fisco_sm: 'FISCO BCOS, SM'};

function promise(trust, clientId) {
  if (!trust) return 'trust unknown';
  const client = clients.find(each => each.id === clientId);
  const rules = client ? RULES[client.kind] + ' ' : '';
  return trust.mode === 'corroborated'
    ? `${rules}corroborated, ${trust.needed} of ${trust.watchers} watchers`
    : `${rules}header proof`;
}

// ---- lanes -------------------------------------------------------------------------------------------------------

function bar(lane) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const sent = lane.packets ? lane.packets.size : 0;
  const part = count => sent ? 100 * count / sent : 0;
  svg.setAttribute('class', 'bar');
  svg.setAttribute('viewBox', '0 0 100 6');
  svg.setAttribute('preserveAspectRatio', 'none');
  svg.setAttribute('aria-hidden', 'true');
  const parts = [['whole', 100], ['some', part(lane.statuses ? lane.statuses.size : 0)], ['done', part(lane.packets ? lane.packets.acknowledged : 0)]];
  for (const [name, width] of parts) {
    const rect = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
    rect.setAttribute('class', name);
    rect.setAttribute('width', width);
    rect.setAttribute('height', 6);
    rect.setAttribute('rx', 1);
    svg.append(rect);
  }
  return svg;
}

function laneCard(lane) {
  const lease = status.leases.find(each => each.lane === lane.name);
  const number = (name, value, small) => el('div', {}, el('dt', {}, name), el('dd', {cls: small ? 'small' : null, title: small ? value : null}, value));
  const count = (log, key) => log ? log[key].toLocaleString('en') : '–';
  return el('article', {cls: 'lane'},
    el('div', {cls: 'lane-top'},
      el('h3', {}, lane.name),
      el('span', {cls: 'badge', title: 'How the destination believes the source'}, promise(lane.trust, lane.sourceClient))),
    el('p', {cls: 'ends'},
      el('span', {cls: 'mono'}, lane.source), el('span', {cls: 'arrow', 'aria-label': 'to'}, '→'), el('span', {cls: 'mono'}, lane.destination)),
    el('dl', {cls: 'numbers'},
      number('Sent', count(lane.packets, 'size')),
      number('Concluded', count(lane.statuses, 'size')),
      number('Acknowledged', count(lane.packets, 'acknowledged')),
      number('Carried by', lease && lease.holder ? lease.holder.split('/')[0] : 'nobody', true)),
    bar(lane),
    lane.trouble ? el('p', {cls: 'trouble'}, lane.trouble) : null);
}

function showLanes() {
  $('lanes').replaceChildren(...lanes.map(laneCard));
  for (const [select, first] of [[$('filter'), [['', 'all']]], [$('form').elements.lane, []]]) {
    const wanted = [...first, ...lanes.map(lane => [lane.name, select === $('filter') ? lane.name : `${lane.name}  (${lane.source} → ${lane.destination})`])];
    if (select.options.length === wanted.length) continue;
    select.replaceChildren(...wanted.map(([value, text]) => el('option', {value}, text)));
  }
}

// ---- attestations ------------------------------------------------------------------------------------------------

// The five stops of the way; each shows the furthest of its stages.
const STOPS = [
  ['Accepted', ['accepted']],
  ['On source', ['final', 'included', 'submitted']],
  ['Proven', ['proven']],
  ['Delivered', ['delivered', 'expired', 'refused']],
  ['Acknowledged', ['acknowledged']],
];

function stops(attestation) {
  const reached = new Map(attestation.stages.map(stage => [stage.stage, stage]));
  const found = STOPS.map(([name, stages]) => [name, stages.map(stage => reached.get(stage)).find(Boolean)]);
  let furthest = 0;
  found.forEach(([, stage], index) => { if (stage && stage.stage !== 'submitted') furthest = index; });
  const parked = attestation.state === 'parked';
  return found.map(([name, stage], index) => {
    const ended = stage && (stage.stage === 'expired' || stage.stage === 'refused');
    const label = ended ? stage.stage[0].toUpperCase() + stage.stage.slice(1) : name;
    const passed = index <= furthest;
    let state = passed ? 'reached' : index === furthest + 1 && !parked ? 'next' : '';
    if (ended || (parked && index === furthest + 1)) state = 'bad';
    return {label: parked && index === furthest + 1 ? 'Parked' : label, stage, state, passed};
  });
}

function track(attestation) {
  return el('ol', {cls: 'track', 'aria-label': 'Stages'}, stops(attestation).map(stop => {
    const stage = stop.stage;
    const where = stage && stage.height !== undefined ? '#' + stage.height.toLocaleString('en') : null;
    const words = stop.state === 'next' ? 'under way' : stop.passed ? 'reached' : 'not yet';
    return el('li', {cls: 'stop ' + stop.state, title: stage && stage.chain ? `${stage.chain} ${stage.tx || ''}` : null},
      el('b', {}, stop.label), el('span', {cls: 'said'}, words),
      el('i', {}, where || (stage ? clock(stage.at) : '\u00a0')),
      el('i', {}, stage && stage.tx ? short(stage.tx) : '\u00a0'));
  }));
}

const about = attestation => attestation.subject || (attestation.subjectCommitment ? short(attestation.subjectCommitment) : 'unreadable statement');

function item(attestation) {
  return el('button', {type: 'button', 'aria-haspopup': 'dialog', on: {click: () => openDetail(attestation.id)}},
    el('span', {cls: 'what'},
      el('strong', {}, about(attestation)),
      el('span', {}, [attestation.schema, attestation.issuer].filter(Boolean).join(' · ') || 'read from the chain'),
      el('span', {}, `${attestation.lane.name || short(attestation.lane.id)} · ${clock(attestation.acceptedAt)}${attestation.state === 'parked' ? ' · ' + attestation.reason : ''}`)),
    track(attestation));
}

function show(attestation, place) {
  const wanted = $('filter').value;
  if (wanted && attestation.lane.name !== wanted) return;
  const known = shown.get(attestation.id);
  const node = known ? known.node : el('li', {cls: 'item' + (place === 'first' ? ' fresh' : '')});
  const focused = node.contains(document.activeElement);
  node.replaceChildren(item(attestation));
  if (focused) node.firstChild.focus();
  shown.set(attestation.id, {attestation, node});
  if (known) return;
  if (!shown.size || $('list').querySelector('.empty')) $('list').replaceChildren();
  if (place === 'first') $('list').prepend(node);
  else $('list').append(node);
}

async function load(more) {
  const query = new URLSearchParams({limit: '20'});
  if ($('filter').value) query.set('lane', $('filter').value);
  if (more && next) query.set('cursor', next);
  const page = await get('/v1/attestations?' + query);
  if (!more) { shown.clear(); $('list').replaceChildren(); }
  page.attestations.forEach(attestation => show(attestation, 'last'));
  if (!shown.size) $('list').replaceChildren(el('li', {cls: 'empty'}, 'No attestation yet. Submit the first one.'));
  next = page.next || null;
  $('more').hidden = !next;
}

// ---- light clients and members -----------------------------------------------------------------------------------

function clientRow(client) {
  const behind = client.height === undefined ? '–' : Math.max(0, client.followedHead - client.height).toLocaleString('en');
  const mood = {active: '', expired: ' warn', frozen: ' bad'}[client.status] ?? ' plain';
  return el('tr', {title: `${client.contract} · trusting period ${client.trustingPeriod}`},
    el('td', {cls: 'mono'}, client.follows), el('td', {cls: 'mono'}, client.chain),
    el('td', {}, promise(client.trust, client.id)),
    el('td', {cls: 'number mono'}, client.height === undefined ? '–' : client.height.toLocaleString('en')),
    el('td', {cls: 'number mono'}, behind),
    el('td', {}, el('span', {cls: 'badge' + mood}, client.trouble && !client.status ? 'unseen' : client.status || 'unseen')));
}

function memberRow(member) {
  const carried = status.leases.filter(lease => lease.holder === member.name).map(lease => lease.lane);
  return el('li', {},
    el('span', {}, el('strong', {}, member.name.split('/')[0]), ' ', member.self ? el('span', {cls: 'badge plain'}, 'this one') : null),
    el('span', {cls: 'lanes-of'}, carried.length ? carried.join(', ') : 'carries no lane'));
}

async function look() {
  const [l, c, s] = await Promise.all([get('/v1/lanes'), get('/v1/clients'), get('/v1/status')]);
  lanes = l.lanes; clients = c.clients; status = s;
  showLanes();
  $('clients').replaceChildren(...clients.map(clientRow));
  $('members').replaceChildren(...(status.members.length ? status.members.map(memberRow) : [el('li', {cls: 'empty'}, 'Nobody relays here.')]));
  $('version').textContent = 'Waybill ' + status.version;
}

// ---- one attestation, and its proof ------------------------------------------------------------------------------

function facts(pairs) {
  return el('dl', {cls: 'facts'}, pairs.filter(([, value]) => value !== undefined && value !== null && value !== '')
    .flatMap(([name, value, mono]) => [el('dt', {}, name), el('dd', {cls: mono ? 'mono' : null}, value)]));
}

function stageTable(attestation) {
  return el('div', {cls: 'scroll', tabindex: '0'}, el('table', {},
    el('thead', {}, el('tr', {}, ['Stage', 'Known here', 'Chain', 'Height', 'Block time', 'Transaction'].map(name => el('th', {scope: 'col'}, name)))),
    el('tbody', {}, attestation.stages.map(stage => el('tr', {},
      el('td', {}, stage.stage), el('td', {cls: 'mono'}, clock(stage.at)), el('td', {cls: 'mono'}, stage.chain || ''),
      el('td', {cls: 'mono number'}, stage.height === undefined ? '' : stage.height.toLocaleString('en')),
      el('td', {cls: 'mono'}, stage.time ? clock(stage.time) : ''),
      el('td', {cls: 'mono', title: stage.tx}, short(stage.tx)))))));
}

async function openDetail(id) {
  openId = id;
  await showDetail();
  if (!$('detail-dialog').open) $('detail-dialog').showModal();
}

async function showDetail() {
  const attestation = await get('/v1/attestations/' + openId);
  const proof = el('div', {});
  $('detail-title').textContent = about(attestation);
  $('detail').replaceChildren(
    track(attestation),
    facts([
      ['Statement', attestation.claims ? JSON.stringify(attestation.claims) : undefined, true],
      ['Schema', attestation.schema], ['Issuer', attestation.issuer], ['Subject', attestation.subject],
      ['Lane', `${attestation.lane.name || attestation.lane.id}${attestation.index === undefined ? '' : ', packet ' + attestation.index}`],
      ['Good until', new Date(attestation.timeout).toLocaleString()], ['Reason', attestation.reason],
      ['Uid', attestation.uid, true], ['Id', attestation.id, true]]),
    el('section', {}, el('h3', {}, 'Every stage'), stageTable(attestation)),
    el('section', {}, el('h3', {}, 'Proof'), proof));
  if (!attestation.links.proof) {
    proof.append(el('p', {cls: 'empty'}, 'There is a proof once the attestation is on its source chain.'));
    return;
  }
  try {
    proof.append(await proofView(await get(attestation.links.proof), attestation));
  } catch (problem) {
    proof.append(el('p', {cls: 'empty'}, problem.detail || 'The proof could not be read.'));
  }
}

const bytes = hex => Uint8Array.from(hex.slice(2).match(/../g) || [], pair => parseInt(pair, 16));
const hex = array => '0x' + [...array].map(octet => octet.toString(16).padStart(2, '0')).join('');

async function sha256(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) { whole.set(part, at); at += part.length; }
  return new Uint8Array(await crypto.subtle.digest('SHA-256', whole));
}

// RFC 9162, 2.1.3: the root that a packet and its inclusion path lead to.
async function rootOf(bundle) {
  const path = [...bundle.inclusion.path];
  let hash = await sha256(Uint8Array.of(0), bytes(bundle.packet));
  let index = bundle.inclusion.index, size = bundle.checkpoint.size;
  for (; size > 1; size = Math.ceil(size / 2), index = Math.floor(index / 2)) {
    if (index % 2 === 1) hash = await sha256(Uint8Array.of(1), bytes(path.shift()), hash);
    else if (index + 1 < size) hash = await sha256(Uint8Array.of(1), hash, bytes(path.shift()));
  }
  return path.length ? null : hex(hash);
}

async function verdict(bundle) {
  if (!globalThis.crypto || !crypto.subtle) return el('span', {cls: 'badge plain'}, 'this page cannot hash here');
  const holds = await rootOf(bundle) === bundle.checkpoint.root;
  return el('span', {cls: 'badge' + (holds ? '' : ' bad')}, holds ? '✓ recomputed in this page' : '✗ does not lead to the root');
}

async function proofView(bundle, attestation) {
  const step = (number, title, ...rest) => el('h4', {}, el('span', {cls: 'step'}, number), title, ...rest);
  const text = JSON.stringify(bundle);
  const link = el('a', {cls: 'quiet', download: `waybill-${attestation.id}.json`, href: attestation.links.proof}, 'Download bundle');
  const inclusion = el('div', {cls: 'nest'},
    step('3', 'The packet is in the log', await verdict(bundle)),
    el('p', {}, `Leaf ${bundle.inclusion.index} of ${bundle.checkpoint.size}, ${many(bundle.inclusion.path.length, 'hash')} to the root.`.replace('hashs', 'hashes')),
    facts([['Packet', size(bundle.packet)], ['Path', bundle.inclusion.path.map(short).join('  ') || 'none: the packet is the whole log', true]]));
  const event = el('div', {cls: 'nest'},
    step('2', 'The log’s root is in the block'),
    el('p', {}, `The Outbox emitted checkpoint (size ${bundle.checkpoint.size}) in block ${bundle.event.height.toLocaleString('en')}; its receipt is proven under that block’s receipts root.`),
    facts([['Outbox', bundle.lane.outbox, true], ['Root', bundle.checkpoint.root, true], ['Proof', size(bundle.event.proof)]]),
    inclusion);
  return el('div', {},
    el('div', {cls: 'nest'},
      step('1', 'The block is final'),
      el('p', {}, `From the pinned header ${bundle.anchor.height.toLocaleString('en')}, ${many(bundle.updates.length, 'header update')} lead to block ${bundle.event.height.toLocaleString('en')}: consensus seals, checked by the rules of ${RULES[bundle.anchor.kind]}.`),
      facts([['Chain', bundle.lane.source, true], ['Anchor', bundle.anchor.hash, true], ['Updates', bundle.updates.map(size).join(', ') || 'none needed']]),
      event),
    el('div', {cls: 'proof-actions'}, link, el('span', {}, `${(text.length / 1024).toFixed(1)} KiB. Check it without a network: `), el('code', {}, './waybill verify BUNDLE --anchor ANCHOR')));
}

// ---- the form ----------------------------------------------------------------------------------------------------

function problem(body) {
  $('form-problem').replaceChildren(el('strong', {}, body.title || 'Not submitted'), el('span', {}, `${body.detail || ''} ${body.nextAction || ''}`));
  $('form-problem').hidden = false;
}

async function submit(event) {
  event.preventDefault();
  const form = $('form'), fields = form.elements, button = form.querySelector('[type=submit]');
  let claims;
  try {
    claims = JSON.parse(fields.claims.value);
  } catch (error) {
    problem({title: 'The claims are not JSON', detail: error.message + '.', nextAction: 'Correct them and submit again.'});
    fields.claims.focus();
    return;
  }
  const body = {lane: fields.lane.value, schema: fields.schema.value, issuer: fields.issuer.value, subject: fields.subject.value, claims, timeout: fields.timeout.value};
  button.disabled = true;
  try {
    const key = crypto.randomUUID ? crypto.randomUUID() : String(Math.random()).slice(2) + Date.now();
    const response = await fetch('/v1/attestations', {method: 'POST', headers: {'Content-Type': 'application/json', 'Idempotency-Key': key}, body: JSON.stringify(body)});
    const answer = await response.json();
    if (!response.ok) { problem(answer); return; }
    $('form-dialog').close();
    show(answer, 'first');
  } catch (error) {
    problem({title: 'The gateway did not answer', detail: '', nextAction: 'Try again.'});
  } finally {
    button.disabled = false;
  }
}

// ---- life --------------------------------------------------------------------------------------------------------

function live(mood, text) {
  $('live').className = 'live ' + mood;
  $('live-text').textContent = text;
}

function follow() {
  const stream = new EventSource('/v1/events');
  stream.onopen = () => { live('on', 'Live'); load(false).catch(() => {}); };
  stream.onerror = () => live('off', 'Not connected');
  stream.addEventListener('attestation', event => {
    const attestation = JSON.parse(event.data);
    show(attestation, 'first');
    if ($('detail-dialog').open && openId === attestation.id) showDetail().catch(() => {});
  });
}

async function keepLooking() {
  try { await look(); } catch (error) { live('off', 'Not connected'); }
  setTimeout(keepLooking, 2000);
}

$('new').addEventListener('click', () => { $('form-problem').hidden = true; $('form-dialog').showModal(); });
$('form').addEventListener('submit', submit);
$('filter').addEventListener('change', () => load(false));
$('more').addEventListener('click', () => load(true));
document.querySelectorAll('[data-close]').forEach(button => button.addEventListener('click', () => button.closest('dialog').close()));
keepLooking().then(() => { const id = location.hash.slice(1); if (/^[0-9a-f-]{36}$/.test(id)) openDetail(id); });
follow();

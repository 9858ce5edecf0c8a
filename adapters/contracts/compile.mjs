// Compiles src/main/solidity for each host that contracts can live on, and writes one artefact for each contract that is
// deployed there; and src/test/solidity, with one for each contract that only tests deploy.
//
// usage: node compile.mjs [output directory [output directory of the tests' [output directory of what tests of others need]]]
//
// The output depends on the sources and the pinned compiler alone: no metadata hash, no paths, keys in a fixed order.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isMainThread, Worker, workerData } from 'node:worker_threads';

const require = createRequire(import.meta.url);

const here = dirname(fileURLToPath(import.meta.url));
const sources = join(here, 'src/main/solidity');
const target = process.argv[2] ?? join(here, 'src/main/resources/io/waybill/contracts');
const testSources = join(here, 'src/test/solidity');
const testTarget = process.argv[3] ?? join(here, 'src/test/resources/io/waybill/contracts');
const testkitTarget = process.argv[4] ?? join(here, '../testkit/src/main/resources/io/waybill/testkit/eas');
const EIP170_LIMIT = 24_576;

// A host is told apart by its library hosts/<name>/Host.sol. On EVM live all contracts; FISCO BCOS of standard crypto is an
// EVM, and has its own artefacts only of what its precompile makes cheaper. On FISCO BCOS of national crypto the opcode
// KECCAK256 computes SM3, so nothing may be hashed before it gets there: ArtifactsTest looks for it.
const hosts = [
  {
    name: 'evm',
    folder: '',
    deployed: ['Outbox', 'Inbox', 'QbftClient', 'FiscoClient', 'FiscoSmClient', 'ChallengedFiscoClient', 'ChallengedFiscoSmClient', 'CommitteeClient', 'Council', 'EasSource'],
    testDeployed: ['Receiver', 'Primitives'],
    optimizer: { enabled: true, runs: 1_000 },
  },
  {
    name: 'fisco',
    folder: 'fisco',
    deployed: ['FiscoSmClient', 'ChallengedFiscoSmClient'],
    testDeployed: [],
    optimizer: { enabled: true, runs: 1_000 },
  },
  {
    name: 'sm',
    folder: 'sm',
    deployed: ['Outbox', 'Inbox', 'QbftClient', 'FiscoClient', 'FiscoSmClient', 'ChallengedFiscoClient', 'ChallengedFiscoSmClient', 'CommitteeClient', 'Council'],
    testDeployed: [],
    optimizer: { enabled: true, runs: 1_000, details: { cse: false } },
  },
];

// The Ethereum Attestation Service, for tests: as its npm package has it, by the compiler that it names and with the library
// of its time.
const eas = {
  name: 'eas',
  compiler: 'solc-eas',
  library: 'openzeppelin-eas',
  folder: '',
  units: ['@ethereum-attestation-service/eas-contracts/contracts/EAS.sol', '@ethereum-attestation-service/eas-contracts/contracts/SchemaRegistry.sol'],
  deployed: [],
  testDeployed: [],
  testkitDeployed: ['EAS', 'SchemaRegistry'],
  optimizer: { enabled: true, runs: 1_000 },
};

const outputs = ['abi', 'evm.bytecode.object', 'evm.deployedBytecode.object', 'evm.deployedBytecode.immutableReferences', 'storageLayout'];

function settings(host) {
  return {
    evmVersion: 'paris', // the older executors of FISCO BCOS know nothing newer
    viaIR: true,
    optimizer: host.optimizer,
    remappings: [`host/=hosts/${host.name}/`],
    metadata: { bytecodeHash: 'none', appendCBOR: false },
    outputSelection: { '*': Object.fromEntries([...host.deployed, ...host.testDeployed, ...(host.testkitDeployed ?? [])].map((name) => [name, outputs])) },
  };
}

function solidityFiles(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.sol'))
    .sort()
    .map((name) => join(folder, name));
}

function unit(folder, file) {
  return (folder === testSources ? 'test/' : '') + relative(folder, file);
}

function imported(host, path) {
  try {
    const found = host.library ? path.replace('@openzeppelin/contracts', host.library) : path;
    return { contents: readFileSync(require.resolve(found), 'utf8') };
  } catch (e) {
    return { error: e.message };
  }
}

// What a host need not look at the chain for, another must; so all say that they do.
function isFault(error) {
  return !(error.errorCode === '2018' && error.sourceLocation.file.startsWith('hosts/'));
}

function units(host) {
  if (host.units) return host.units.map((name) => [name, { content: imported(host, name).contents }]);
  return [sources, testSources]
    .flatMap((folder) => solidityFiles(folder).map((file) => [unit(folder, file), { content: readFileSync(file, 'utf8') }]))
    .filter(([name]) => !name.startsWith('hosts/') || name.startsWith(`hosts/${host.name}/`));
}

function compile(solc, host) {
  const input = { language: 'Solidity', sources: Object.fromEntries(units(host)), settings: settings(host) };
  const output = JSON.parse(solc.compile(JSON.stringify(input), { import: (path) => imported(host, path) }));
  const faults = (output.errors ?? []).filter(isFault);
  for (const error of faults) console.error(error.formattedMessage);
  if (faults.length > 0) process.exit(1); // a warning is a fault too
  return output.contracts;
}

// AST ids differ from run to run of a changed source tree; only where an immutable lies matters.
function immutablePlaces(references) {
  return Object.values(references)
    .flat()
    .map(({ start, length }) => ({ start, length }))
    .sort((a, b) => a.start - b.start);
}

function storage(layout) {
  return layout.storage.map(({ label, slot, offset, type }) => ({ label, slot: Number(slot), offset, type: layout.types[type].label }));
}

function write(solc, host, compiled, name, folder) {
  const [file, contracts] = Object.entries(compiled).find(([path]) => path.endsWith(`/${name}.sol`));
  const contract = contracts[name];
  const runtime = contract.evm.deployedBytecode;
  const artefact = {
    contract: name,
    source: file,
    host: host.name,
    compiler: solc.version(),
    evmVersion: settings(host).evmVersion,
    abi: contract.abi,
    creationCode: `0x${contract.evm.bytecode.object}`,
    runtimeCode: `0x${runtime.object}`,
    immutableReferences: immutablePlaces(runtime.immutableReferences ?? {}),
    storageLayout: storage(contract.storageLayout),
  };
  const size = runtime.object.length / 2;
  if (size > EIP170_LIMIT) {
    console.error(`${name} on ${host.name}: expected ≤ ${EIP170_LIMIT} octets of runtime code, got ${size}`);
    process.exit(1);
  }
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(artefact, null, 1)}\n`);
  console.log(`${name} on ${host.name}: ${size} octets of runtime code`);
}

function build(host) {
  const solc = require(host.compiler ?? 'solc');
  const compiled = compile(solc, host);
  for (const [names, root] of [[host.deployed, target], [host.testDeployed, testTarget], [host.testkitDeployed ?? [], testkitTarget]]) {
    const folder = join(root, host.folder);
    if (names.length > 0) mkdirSync(folder, { recursive: true });
    for (const name of names) write(solc, host, compiled, name, folder);
  }
}

// Each host in a thread of its own; one that fails ends the process.
if (isMainThread) {
  for (const host of [...hosts, eas]) {
    new Worker(fileURLToPath(import.meta.url), { workerData: host.name, argv: process.argv.slice(2) }).on('exit', (code) => {
      if (code !== 0) process.exit(code);
    });
  }
} else {
  build([...hosts, eas].find(({ name }) => name === workerData));
}

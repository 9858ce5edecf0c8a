// Compiles src/main/solidity and writes one artefact for each contract that is deployed; and src/test/solidity, with one
// for each contract that only tests deploy.
//
// usage: node compile.mjs [output directory [output directory of the tests']]
//
// The output depends on the sources and the pinned compiler alone: no metadata hash, no paths, keys in a fixed order.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const solc = require('solc');

const here = dirname(fileURLToPath(import.meta.url));
const sources = join(here, 'src/main/solidity');
const target = process.argv[2] ?? join(here, 'src/main/resources/io/waybill/contracts');
const testSources = join(here, 'src/test/solidity');
const testTarget = process.argv[3] ?? join(here, 'src/test/resources/io/waybill/contracts');
const testDeployed = ['Receiver'];
const deployed = ['Outbox', 'Inbox', 'QbftClient', 'FiscoClient', 'Council'];
const EIP170_LIMIT = 24_576;

const settings = {
  evmVersion: 'paris', // the older executors of FISCO BCOS know nothing newer
  viaIR: true,
  optimizer: { enabled: true, runs: 1_000 },
  metadata: { bytecodeHash: 'none', appendCBOR: false },
  outputSelection: {
    '*': { '*': ['abi', 'evm.bytecode.object', 'evm.deployedBytecode.object', 'evm.deployedBytecode.immutableReferences', 'storageLayout'] },
  },
};

function solidityFiles(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.sol'))
    .sort()
    .map((name) => join(folder, name));
}

function unit(folder, file) {
  return (folder === testSources ? 'test/' : '') + relative(folder, file);
}

function imported(path) {
  try {
    return { contents: readFileSync(require.resolve(path), 'utf8') };
  } catch (e) {
    return { error: e.message };
  }
}

function compile() {
  const input = {
    language: 'Solidity',
    sources: Object.fromEntries(
      [sources, testSources].flatMap((folder) =>
        solidityFiles(folder).map((file) => [unit(folder, file), { content: readFileSync(file, 'utf8') }])),
    ),
    settings,
  };
  const output = JSON.parse(solc.compile(JSON.stringify(input), { import: imported }));
  for (const error of output.errors ?? []) console.error(error.formattedMessage);
  if ((output.errors ?? []).length > 0) process.exit(1); // a warning is a fault too
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

const compiled = compile();
for (const folder of [target, testTarget]) mkdirSync(folder, { recursive: true });
for (const name of [...deployed, ...testDeployed]) {
  const [file, contracts] = Object.entries(compiled).find(([path]) => path.endsWith(`/${name}.sol`));
  const contract = contracts[name];
  const runtime = contract.evm.deployedBytecode;
  const artefact = {
    contract: name,
    source: file,
    compiler: solc.version(),
    evmVersion: settings.evmVersion,
    abi: contract.abi,
    creationCode: `0x${contract.evm.bytecode.object}`,
    runtimeCode: `0x${runtime.object}`,
    immutableReferences: immutablePlaces(runtime.immutableReferences ?? {}),
    storageLayout: storage(contract.storageLayout),
  };
  const size = runtime.object.length / 2;
  if (size > EIP170_LIMIT) {
    console.error(`${name}: expected ≤ ${EIP170_LIMIT} octets of runtime code, got ${size}`);
    process.exit(1);
  }
  writeFileSync(join(testDeployed.includes(name) ? testTarget : target, `${name}.json`), `${JSON.stringify(artefact, null, 1)}\n`);
  console.log(`${name}: ${size} octets of runtime code`);
}

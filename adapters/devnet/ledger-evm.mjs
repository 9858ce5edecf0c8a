// The EVM of the ledger of adapters/devnet: FISCO BCOS runs contracts with the chain's own hash behind the opcode
// KECCAK256, block times in milliseconds, no fees, and a precompile at 0x100a that hashes and verifies in both crypto modes.
//
// usage: node ledger-evm.mjs standard|sm
//
// One request a line on standard input, one answer a line on standard output, both JSON; ScriptedEvm in Java is the other
// end. What it computes itself, it computes by published libraries that are not those that Waybill stands on.
import { createHash } from 'node:crypto';
import { createInterface } from 'node:readline';
import { Common, Hardfork, Mainnet } from '@ethereumjs/common';
import { createEVM, EVMError } from '@ethereumjs/evm';
import { MerkleStateManager } from '@ethereumjs/statemanager';
import { bytesToHex, concatBytes, createAddressFromString, hexToBytes } from '@ethereumjs/util';
import { keccak_256 } from '@noble/hashes/sha3.js';
import { sm2, sm3 as sm3Hex } from 'sm-crypto-v2';

const NATIONAL = process.argv[2] === 'sm';
const GAS = 1_000_000_000n;
const CRYPTO = '0x000000000000000000000000000000000000100a';

const sm3 = (octets) => hexToBytes(`0x${sm3Hex(octets)}`);
const hash = NATIONAL ? sm3 : keccak_256;
const selector = (signature) => bytesToHex(hash(new TextEncoder().encode(signature)).subarray(0, 4));

// ---- the precompile

const word = (octets, at) => octets.subarray(at, at + 32);
const number = (octets, at) => Number(BigInt(bytesToHex(word(octets, at))));

/** The octets of the dynamic argument in place `at`, whose offset is counted from the first argument. */
function dynamic(input, at) {
  const start = number(input, 32 * at);
  const size = number(input, start);
  if (!(start + 32 + size <= input.length)) throw new Error('arguments end early');
  return input.subarray(start + 32, start + 32 + size);
}

function signed(input) {
  const key = dynamic(input, 1);
  const signature = concatBytes(word(input, 64), word(input, 96));
  if (key.length !== 64 || signature.length !== 64) return false;
  try {
    const options = { hash: true, der: false };
    return sm2.doVerifySignature(word(input, 0), bytesToHex(signature).slice(2), `04${bytesToHex(key).slice(2)}`, options);
  } catch {
    return false; // what is no point or no number
  }
}

function verified(input) {
  const answer = new Uint8Array(64);
  if (signed(input)) {
    answer[31] = 1;
    answer.set(sm3(dynamic(input, 1)).subarray(12), 44);
  }
  return answer;
}

const functions = {
  [selector('sm3(bytes)')]: (input) => sm3(dynamic(input, 0)),
  [selector('keccak256Hash(bytes)')]: (input) => keccak_256(dynamic(input, 0)),
  [selector('sm2Verify(bytes32,bytes,bytes32,bytes32)')]: verified,
};

function precompile({ data, gasLimit }) {
  const called = functions[bytesToHex(data.subarray(0, 4))];
  const gas = 3_000n + 6n * BigInt(Math.ceil(data.length / 32));
  const failed = { executionGasUsed: gasLimit, returnValue: new Uint8Array(), exceptionError: new EVMError('revert') };
  if (called === undefined || gas > gasLimit) return failed;
  try {
    return { executionGasUsed: gas, returnValue: called(data.subarray(4)) };
  } catch {
    return failed;
  }
}

// ---- the machine

const customCrypto = {
  keccak256: hash,
  sha256: (octets) => new Uint8Array(createHash('sha256').update(octets).digest()),
};
const stateManager = new MerkleStateManager();
const evm = await createEVM({
  common: new Common({ chain: { ...Mainnet, chainId: 20200 }, hardfork: Hardfork.Paris, customCrypto }),
  stateManager,
  allowUnlimitedContractSize: true,
  customPrecompiles: [{ address: CRYPTO, function: precompile }],
});

function block({ number, timeMs }) {
  const header = {
    number: BigInt(number),
    timestamp: BigInt(timeMs),
    gasLimit: 3_000_000_000n,
    baseFeePerGas: 0n,
    difficulty: 0n,
    prevRandao: new Uint8Array(32),
    coinbase: createAddressFromString(`0x${'00'.repeat(20)}`),
    getBlobGasPrice: () => undefined,
  };
  return { header };
}

/** What a transaction costs before it is executed. */
function intrinsic(to, data) {
  let gas = to ? 21_000n : 53_000n;
  for (const octet of data) gas += octet === 0 ? 4n : 16n;
  return gas;
}

function status(error) {
  if (error === undefined) return 0;
  if (error === 'revert') return 16;
  return error.includes('gas') ? 12 : 10;
}

async function run({ from, to, data }, where) {
  const input = hexToBytes(data);
  const before = intrinsic(to, input);
  const { execResult, createdAddress } = await evm.runCall({
    caller: createAddressFromString(from),
    to: to ? createAddressFromString(to) : undefined,
    data: input,
    gasLimit: GAS - before,
    gasPrice: 0n,
    value: 0n,
    block: where,
  });
  const failed = status(execResult.exceptionError?.error);
  return {
    status: failed,
    gasUsed: String(before + execResult.executionGasUsed - (failed ? 0n : (execResult.gasRefund ?? 0n))),
    contract: failed === 0 && createdAddress ? createdAddress.toString() : null,
    output: bytesToHex(!to && failed === 0 ? new Uint8Array() : execResult.returnValue),
    logs: failed === 0 ? (execResult.logs ?? []).map(([address, topics, octets]) => ({
      address: bytesToHex(address),
      topics: topics.map((topic) => bytesToHex(topic)),
      data: bytesToHex(octets),
    })) : [],
  };
}

const operations = {
  /** Executes transactions in their order, in one block. */
  async execute({ transactions, number, timeMs }) {
    const where = block({ number, timeMs });
    const done = [];
    for (const transaction of transactions) {
      done.push(await run(transaction, where));
      await evm.journal.cleanup();
    }
    await stateManager.flush();
    return { stateRoot: bytesToHex(await stateManager.getStateRoot()), done };
  },
  /** Runs a call on the newest state, and forgets what it did. */
  async call({ to, data, number, timeMs }) {
    await evm.journal.checkpoint();
    const called = await run({ from: `0x${'00'.repeat(20)}`, to, data }, block({ number, timeMs }));
    await evm.journal.revert();
    await evm.journal.cleanup();
    return called;
  },
  async code({ address }) {
    return { code: bytesToHex(await stateManager.getCode(createAddressFromString(address))) };
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  let answer;
  try {
    answer = await operations[request.operation](request);
  } catch (e) {
    answer = { error: `${e.stack ?? e}` };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}

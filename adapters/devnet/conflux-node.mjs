// Runs one Conflux node out of its npm package, a process of its own: nothing of ours is linked with it.
//
// usage: node conflux-node.mjs FOLDER       FOLDER holds conflux.toml and is where the node keeps its data
//
// Prints one line when the node is up, or when it failed; ends on SIGTERM with the node's data in order.
import { createRequire } from 'node:module';
import { resolve, join } from 'node:path';

const { ConfluxNode } = createRequire(import.meta.url)('@xcfx/node-linux-x64-gnu');
const folder = resolve(process.argv[2]);
process.chdir(folder);

const node = new ConfluxNode();
const end = async () => {
  try {
    await node.stopNode();
  } finally {
    process.exit(0);
  }
};
process.on('SIGTERM', end);
process.on('SIGINT', end);
setInterval(() => {}, 1 << 30);
try {
  await node.startNode({ configFile: join(folder, 'conflux.toml'), confluxDataDir: folder });
  console.log('started');
} catch (e) {
  console.log(`failed: ${e}`);
  process.exit(1);
}

/**
 * Refuses a Node that is too old. Import it first: modules are evaluated in the order of their imports, so this one
 * runs before anything that an old Node would stumble over.
 */
const MINIMUM = [20, 19];

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < MINIMUM[0] || (major === MINIMUM[0] && minor < MINIMUM[1])) {
  console.error(`stemma: Node ${process.versions.node} is too old: install Node ${MINIMUM.join('.')} or newer.`);
  process.exit(1);
}

/** Which files of a package the wheel carries. */

/** Neither run nor read by a compiler: sources of addons, maps, tests, pages about a package. */
const NEVER = [
  /\.(map|tsbuildinfo|c|cc|cpp|h|hpp|gyp|gypi|cmake|d\.mts)$/,
  /(^|\/)(\.github|test|tests|__tests__|benchmark|benchmarks|docs|examples?|\.vscode|\.idea|\.husky)\//,
  /^(?!README\.md$).*\.md$/,
  /(^|\/)(CHANGELOG|HISTORY|CONTRIBUTING|SECURITY|SPONSORS|GOVERNANCE)(\.md)?$/i,
  /(^|\/)(\.[^/]*|tsconfig[^/]*\.json|eslint\.config\.\w+|karma\.conf\.js|Makefile)$/,
];

/** Package → what is kept of it; all others whole, but for `NEVER`. @type {Record<string, RegExp>} */
const KEPT = {
  stemma: /^(package\.json|README\.md|LICENSE|bin\/|dist\/)/,
  'stemma-document': /^(package\.json|README\.md|LICENSE|dist\/(?!esm\/))/,
  'stemma-kernel': /^(package\.json|README\.md|LICENSE|dist\/|kernelspec\/)/,
  'stemma-monitor': /^(package\.json|README\.md|LICENSE|dist\/)/,
  // The compiler as a library, and the declarations that cells are checked with.
  typescript:
    /^(package\.json|LICENSE\.txt|ThirdPartyNoticeText\.txt|lib\/(typescript\.js|lib(\.(?!webworker|scripthost)[\w.]+)?\.d\.ts))$/,
  // One addon for each platform: of those for Linux the one for the oldest glibc. They are of Node-API, so for every
  // Node.
  zeromq:
    /^(package\.json|LICENSE[^/]*|README\.md|lib\/|build\/manifest\.json|build\/(linux\/(x64\/node\/(glibc|musl)|arm64\/node\/glibc)-127-Release|darwin\/(x64|arm64)\/node\/libc-115-Release|win32\/x64\/node\/msvc-115-Release)\/)/,
  'cmake-ts': /^(package\.json|LICENSE|README\.md|build\/loader\.js)$/,
  // Elsewhere JPEG files are decoded by sharp.
  '@julusian/jpeg-turbo':
    /^(package\.json|LICENSE|README\.md|index\.js|module\.d\.ts|binding-options\.js|prebuilds\/jpeg-turbo-(linux-x64|linux-arm64|darwin-arm64|darwin-x64|win32-x64)\/)/,
  // CommonJS only; its bundles and ES modules are for browsers.
  'apache-arrow':
    /^(package\.json|LICENSE\.txt|NOTICE\.txt|(?!Arrow\.es)[^/]+\.(js|d\.ts)|(builder|compute|fb|io|ipc|row|util|vector|visitor)\/.*\.(js|d\.ts))$/,
  yaml: /^(package\.json|LICENSE|dist\/)/,
  diff: /^(package\.json|LICENSE|libcjs\/)/,
  pako: /^(package\.json|LICENSE|dist\/pako\.esm\.mjs)$/,
  // SHA-256 alone, and what it loads.
  '@noble/hashes': /^(package\.json|LICENSE|(sha2|_md|_u64|utils|crypto|cryptoNode)\.js)$/,
};

/** Packages whose types a cell is checked with; those of all others are left out. */
const TYPED =
  /^(stemma|stemma-.*|@types\/node|undici-types|tslab|typescript|apache-arrow|flatbuffers|hyparquet|piscina)$/;
/** Packages whose readme is kept: ours, and the one that says what its binary contains. */
const WITH_README = /^(stemma|stemma-.*|@img\/sharp-wasm32)$/;
const TYPES = /\.d\.([\w]+\.)?[mc]?ts$/;

/**
 * @param {string} name of the package
 * @param {string} path below its folder, with `/`
 */
export function isCarried(name, path) {
  if (NEVER.some((pattern) => pattern.test(path))) return false;
  if (path.endsWith('.md') && !WITH_README.test(name)) return false;
  if (TYPES.test(path) && !TYPED.test(name)) return false;
  if (/\.[mc]?ts$/.test(path) && !TYPES.test(path)) return false;
  return KEPT[name]?.test(path) ?? true;
}

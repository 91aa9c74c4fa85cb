/** Where the self-contained verifier lies, one file that needs only Node.js: every export carries its bytes as `perisai-verify.mjs`. */
export const verifierUrl: URL = new URL('../generated/perisai-verify.mjs', import.meta.url);

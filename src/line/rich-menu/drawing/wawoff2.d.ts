/** The package has no types of its own; this is the one function used here. */
declare module "wawoff2" {
  /** WOFF2 bytes → TrueType bytes. The work itself is synchronous (WebAssembly). */
  export function decompress(woff2: Uint8Array): Promise<Uint8Array>;
}

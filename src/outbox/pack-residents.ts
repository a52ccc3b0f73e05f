/** Resident ids as a batch keeps them: 4 bytes each, little end first. */
export function packResidents(ids: readonly number[]): Buffer {
  const packed = Buffer.allocUnsafe(ids.length * 4);
  for (const [index, id] of ids.entries()) packed.writeUInt32LE(id, index * 4);
  return packed;
}

export function unpackResidents(packed: Buffer | null): number[] {
  if (packed === null) return [];
  return Array.from({ length: packed.length / 4 }, (_, index) => packed.readUInt32LE(index * 4));
}

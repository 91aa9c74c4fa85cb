import { readFile } from 'node:fs/promises';
import { createZip } from '../foundation/zip.ts';
import { type ExportRequest, type Spine, writeExport } from '../records/index.ts';

/** Writes an export to a file; takes away what was begun where it fails. */
export async function exportTo(spine: Spine, path: string, request: ExportRequest): Promise<{ records: number; size: number }> {
  const zip = await createZip(path, spine.clock.now());
  try {
    return await writeExport(spine, zip, request);
  } catch (error) {
    await zip.abort();
    throw error;
  }
}

export async function readNote(path: string | undefined): Promise<string | undefined> {
  return path === undefined ? undefined : readFile(path, 'utf8');
}

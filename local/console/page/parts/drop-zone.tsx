/** Lets the user drop a CBZ anywhere on the page; the button in the library does the same by keyboard. */
import { useEffect, useState } from 'preact/hooks';
import type { AddedChapter } from '../../actions/library.ts';
import { act } from '../api.ts';
import { sizeText } from '../format.ts';
import { Link } from '../navigation.tsx';
import { startPipeline } from '../show-run.ts';
import { attempt, say } from './notices.tsx';

export async function addChapters(files: Iterable<File>): Promise<void> {
  for (const file of files)
    await attempt(async () => {
      const path = `/api/library/${encodeURIComponent(file.name)}`;
      const added = await act<AddedChapter>('PUT', path, file);
      say(<Added {...added} />, added.forecast ? 'warn' : 'good');
    });
}

function Added({ name, size, forecast }: AddedChapter) {
  return (
    <>
      {forecast && <p>{forecast}</p>}
      {name} ({sizeText(size)}) is in the <Link to="/library">library</Link>.{' '}
      <button type="button" onClick={() => attempt(startPipeline)}>
        Start an execution
      </button>
    </>
  );
}

export function DropZone() {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files');
    let inside = 0;
    const enter = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      inside += 1;
      setOver(true);
    };
    const leave = () => {
      inside = Math.max(0, inside - 1);
      if (inside === 0) setOver(false);
    };
    const hover = (event: DragEvent) => {
      if (hasFiles(event)) event.preventDefault();
    };
    const drop = (event: DragEvent) => {
      inside = 0;
      setOver(false);
      if (!event.dataTransfer?.files.length) return;
      event.preventDefault();
      void addChapters(event.dataTransfer.files);
    };
    addEventListener('dragenter', enter);
    addEventListener('dragleave', leave);
    addEventListener('dragover', hover);
    addEventListener('drop', drop);
    return () => {
      removeEventListener('dragenter', enter);
      removeEventListener('dragleave', leave);
      removeEventListener('dragover', hover);
      removeEventListener('drop', drop);
    };
  }, []);
  if (!over) return null;
  return (
    <div class="drop">
      <p>Drop the chapter (CBZ, CBR, CB7 or CBT) to put it into the library</p>
    </div>
  );
}

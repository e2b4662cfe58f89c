/** Encoded pieces of the video: checkpoints where a new machine continues. */
import { countText, sizeText } from '../format.ts';
import type { ArtifactProps } from './artifact.ts';

export function Pieces({ artifacts }: ArtifactProps) {
  const size = artifacts.reduce((sum, piece) => sum + piece.size, 0);
  return (
    <p>
      {countText(artifacts.length, 'piece')}, {sizeText(size)}. A new machine continues from these.
    </p>
  );
}

/** Thumbnails of the pages of a chapter, to choose one. */
interface Props {
  pages: readonly number[];
  current: number;
  onChoose(page: number): void;
  thumbnail(page: number): string | undefined;
}

export function PagePicker({ pages, current, onChoose, thumbnail }: Props) {
  const at = pages.indexOf(current);
  const move = (step: number) => {
    const next = pages[at + step];
    if (next !== undefined) onChoose(next);
  };
  return (
    <fieldset class="pages" aria-label="Pages">
      <button type="button" disabled={at <= 0} onClick={() => move(-1)} aria-label="Page before">
        ‹
      </button>
      <ol>
        {pages.map((page) => (
          <li key={page}>
            <button
              type="button"
              aria-current={page === current ? 'true' : undefined}
              onClick={() => onChoose(page)}
            >
              <img src={thumbnail(page)} alt="" loading="lazy" width={44} height={62} />
              <span>
                <span class="visually-hidden">Page </span>
                {page}
              </span>
            </button>
          </li>
        ))}
      </ol>
      <button type="button" disabled={at >= pages.length - 1} onClick={() => move(1)} aria-label="Next page">
        ›
      </button>
    </fieldset>
  );
}

/** Downloads what a path of the server returns, as a JSON file; a list with all rows that match the filters in `query`. */
export function Export({ path, query, what }: { path: string; query?: URLSearchParams; what?: string }) {
  const [base = '', own] = path.split('?');
  const asked = new URLSearchParams([...new URLSearchParams(own), ...(query ?? []), ['export', '1']]);
  return (
    <a class="button" href={`${base}?${asked}`} download>
      Export {what ? `${what} ` : ''}as JSON
    </a>
  );
}

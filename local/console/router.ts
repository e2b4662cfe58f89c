import type { IncomingMessage, ServerResponse } from 'node:http';
import { Refusal } from './responses.ts';

/** The request that a route handles. */
export interface Asked {
  request: IncomingMessage;
  response: ServerResponse;
  /** Values of the `:name` parts of the path, decoded. */
  parameters: Record<string, string>;
  query: URLSearchParams;
}

/** Returns a value, which is sent as JSON, or undefined when it wrote the response itself. */
type Route = (asked: Asked) => unknown;

export interface Routes {
  /** `GET /api/jobs/:job`; a last `:name*` matches the rest with its slashes. */
  [methodAndPath: string]: Route;
}

/** Returns a function that finds the route of a request. */
export function createRouter(routes: Routes) {
  const compiled = Object.entries(routes).map(([methodAndPath, route]) => {
    const [method = '', path = ''] = methodAndPath.split(' ');
    const names = Array.from(path.matchAll(/:(\w+)/g), ([, name]) => name ?? '');
    const pattern = path.replace(/:\w+\*/g, '(.+)').replace(/:\w+/g, '([^/]+)');
    return { method, pattern: new RegExp(`^${pattern}$`), names, route };
  });
  return (method: string, path: string) => {
    for (const { method: wanted, pattern, names, route } of compiled) {
      const found = wanted === method ? pattern.exec(path) : null;
      if (!found) continue;
      const parameters = Object.fromEntries(
        names.map((name, index) => [name, decoded(found[index + 1] ?? '')]),
      );
      return { route, parameters };
    }
    return undefined;
  };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new Refusal(400, `${part} is not valid URL encoding`);
  }
}

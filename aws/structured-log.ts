import { LogFormatter, Logger, LogItem } from '@aws-lambda-powertools/logger';
import type { LogAttributes, UnformattedAttributes } from '@aws-lambda-powertools/logger/types';
import type { Log } from '../domain/log.ts';
import { traceIdOf } from '../domain/trace.ts';

/** Level and time under the names by which Lambda filters JSON lines, then the event and its facts. */
class LineFormatter extends LogFormatter {
  formatAttributes(line: UnformattedAttributes, facts: LogAttributes): LogItem {
    const { logLevel: level, timestamp, serviceName: service, message: event } = line;
    const attributes = { level, timestamp: this.formatTimestamp(timestamp), service, event };
    return new LogItem({ attributes }).addAttributes(facts);
  }
}

export interface StructuredLog {
  log: Log;
  /** Replaces the facts that all following lines have in common; a job adds its trace. */
  setFacts(facts: { job_id?: string | undefined; readonly [fact: string]: unknown }): void;
}

/** Writes lines of JSON to stdout and stderr, each with the name of its service. */
export function structuredLog(service: string): StructuredLog {
  const logger = new Logger({ serviceName: service, logFormatter: new LineFormatter(), logLevel: 'INFO' });
  const write = { INFO: logger.info, WARN: logger.warn, ERROR: logger.error } as const;
  return {
    log: ({ level, event, ...facts }) => write[level].call(logger, event, facts),
    setFacts(facts) {
      logger.resetKeys();
      logger.appendKeys(facts.job_id ? { ...facts, trace_id: traceIdOf(facts.job_id) } : facts);
    },
  };
}

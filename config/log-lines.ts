/** The log lines that alarms and the dashboard read, with the field of their value. */

/** The log line of renderer-callback at the start of each run; an alarm expects one per day. */
export const runStart = { event: 'run_started' } as const;

/** The log line of a counted video, and its field with the videos of the quota day so far. */
export const countedVideo = { event: 'video_counted', field: 'daily_count' } as const;

/** The log line that reports how long a worker has worked on its task; an alarm reads it. */
export const workerAge = { event: 'worker_running', field: 'age_seconds' } as const;

/** The log line of a finished task, and the seconds that it took. */
export const workerEnd = { event: 'worker_finished', field: 'task_seconds' } as const;

/**
 * Version of the data that outlives a deployment: items of the tables, and artifacts of jobs that are at work. Raise it with a change
 * after which older code can't read what is stored, or reads it wrongly: a field that is renamed, removed, or means
 * something else. A new optional field is not such a change, unless older code does harm without it: it would publish a job of a further
 * channel on the first one. A rollback over a raise is refused.
 */
export const storedSchema = 4;

/**
 * A port on which nothing listens. A port that was opened and closed again is not suitable, because the system may assign
 * it to the next server. This port is never assigned, belongs to no service in use, and is not blocked by fetch.
 */
export const CLOSED_PORT = 2;

/**
 * A port at which nothing listens. One that was listened to and closed is no such port: the system may give it to the next
 * server that starts. This one is never given out, belongs to no service that is in use, and is not among those that fetch blocks.
 */
export const CLOSED_PORT = 2;

/** The exit code of a process that stops when it gets a signal. Windows has no signals and ends the process without a code. */
export const STOPPED: number | null = process.platform === "win32" ? null : 0;

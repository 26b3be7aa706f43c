// Hands the answer of an authorization endpoint to the console, which checks its state and waits in another window.
new BroadcastChannel("hydra-sdk-console").postMessage(location.search);
// The code must not stay in the address bar, nor in the history.
history.replaceState(null, "", location.pathname);
window.close();

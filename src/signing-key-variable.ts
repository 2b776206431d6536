/**
 * The environment variable that holds the key with which seals are signed. No process that the plugin starts gets to
 * see it.
 */
export const SIGNING_KEY_VARIABLE = 'NX_GOPHER_SIGNING_KEY';

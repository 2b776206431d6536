/**
 * The environment variable that holds the key with which seals are signed. No process that the plugin starts gets to
 * see it.
 */
export const SIGNING_KEY_VARIABLE = 'NX_GOPHER_SIGNING_KEY';

/** As {@link SIGNING_KEY_VARIABLE}: the token for a store of compiled packages. */
export const TOKEN_VARIABLE = 'NX_GOPHER_STORE_TOKEN';

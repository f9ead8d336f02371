// Where the composer opens: a place of its own in the history, so that «back» on a phone closes it.
export const SHARE_ADDRESS = '/?share'

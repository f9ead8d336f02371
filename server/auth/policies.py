"""Who may do what around signing in."""

from server.permissions.rules import Rule

WHO_I_AM = Rule("who_i_am", "Every active person, also before a second factor is set up.", enrolling=True)
OWN_SIGN_IN = Rule(
    "own_sign_in", "One's own ways in and devices: by hand, never by a token.", by_hand=True, enrolling=True
)
OWN_KEYS = Rule(
    "own_keys", "Taking down one's own defences, or handing out keys: freshly confirmed.", step_up=True
)
MAY_END_SESSIONS = Rule(
    "sessions.end",
    "Signing somebody out everywhere, taking away a lost second factor.",
    capability="sessions.end",
    step_up=True,
)
MAY_RUN_BOTS = Rule(
    "bots.manage", "Making bots and their access tokens.", capability="bots.manage", step_up=True
)
MAY_SEE_BOTS = Rule("bots.see", "Seeing which bots there are.", capability="bots.manage", by_hand=True)

"""Who may do what around signing in."""

from server.permissions.rules import Rule

WHO_I_AM = Rule("who_i_am", "Every active person, also before a second factor is set up.", enrolling=True)
OWN_SIGN_IN = Rule(
    "own_sign_in", "One's own ways in and devices: by hand, never by a token.", by_hand=True, enrolling=True
)
OWN_DEVICES = Rule("own_devices", "One's own devices and tokens: by hand, never by a token.", by_hand=True)
ENROL = Rule("second_factor.enrol", "Setting up one's own second factor.", step_up=True, enrolling=True)
OWN_KEYS = Rule("own_keys", "Taking down one's own defences, or handing out keys.", step_up=True)
MAY_SEE_ACCESS = Rule(
    "sessions.see",
    "Seeing how somebody signs in, before doing something about it.",
    capability="sessions.end",
    by_hand=True,
)
MAY_END_SESSIONS = Rule(
    "sessions.end",
    "Signing somebody out everywhere, taking away a lost second factor.",
    capability="sessions.end",
    step_up=True,
)
MAY_SEE_SIGN_IN = Rule(
    "sign_in.see", "Seeing who must have a second factor.", capability="roles.edit", by_hand=True
)
MAY_SET_SIGN_IN = Rule(
    "sign_in.set", "Deciding who must have a second factor.", capability="roles.edit", step_up=True
)
MAY_SEE_BOTS = Rule(
    "bots.see", "Seeing which bots there are, and their tokens.", capability="bots.manage", by_hand=True
)
MAY_END_BOTS = Rule(
    "bots.end", "Switching bots off and revoking their tokens.", capability="bots.manage", by_hand=True
)
MAY_RUN_BOTS = Rule(
    "bots.manage", "Making bots and their access tokens.", capability="bots.manage", step_up=True
)
MAY_RESET = Rule(
    "people.reset_password",
    "Making a link with which somebody sets a new password.",
    capability="people.reset_password",
    step_up=True,
)
OWN_PASSWORD = Rule(
    "own_password", "Changing one's own password, which asks for the old one: by hand.", by_hand=True
)

"""Why a backup cannot be written, or cannot be put back."""


class Refusal(Exception):
    """The sentence is for the operator; what was there before is as it was."""

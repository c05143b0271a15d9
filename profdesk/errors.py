"""The errors a user is shown in words; anything else that is raised is a bug."""


class ProfdeskError(Exception):
    """A failure whose message is a Russian sentence for the user, saying what to do next."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class WrongInputError(ProfdeskError):
    """What the user gave (a file, a value, a name) cannot be taken; nothing was written."""


class AccessError(ProfdeskError):
    """The password is wrong, or the acting user may not do this."""


class WorkspaceError(ProfdeskError):
    """The workspace folder is missing, damaged, in use, or made by a newer program."""


class NotFoundError(ProfdeskError):
    """A named class, pupil or document does not exist in this workspace."""


class CancelledError(Exception):
    """The user stopped long work; whatever unit of work was open is rolled back."""

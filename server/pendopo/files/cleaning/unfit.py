"""Why a file is not kept."""

NO_ROOM = 3  # how the process ends when the disk is full: no fault of the file


class Unfit(Exception):
    """The file can't be kept; ``code`` is one of the app's refusals, ``facts`` are for it."""

    def __init__(self, code: str, **facts: int) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts

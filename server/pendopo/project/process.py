"""How a child process of ours is born: in its own group, and never outliving its parent, however
that one ends."""

import ctypes
import os
import signal
import sys
from collections.abc import Callable

_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None
_PR_SET_PDEATHSIG = 1


def die_with_parent(parent: int, death_signal: signal.Signals = signal.SIGKILL) -> None:
    """Ask the kernel to send us ``death_signal`` when ``parent`` is gone.

    Other systems than Linux can't: no effect there.
    """
    if _LIBC is None:
        return
    _LIBC.prctl(_PR_SET_PDEATHSIG, int(death_signal))
    if os.getppid() != parent:  # it went before we asked
        os.kill(os.getpid(), death_signal)


def birth(death_signal: signal.Signals = signal.SIGKILL) -> Callable[[], None]:
    """A ``preexec_fn``. Own group: Ctrl-C in the terminal reaches the supervisor alone, which stops
    its children in order.

    It runs after the change of user (that would clear the wish), between fork and exec: no imports,
    no locks in it.
    """
    parent = os.getpid()

    def prepare() -> None:
        os.setpgid(0, 0)
        die_with_parent(parent, death_signal)

    return prepare

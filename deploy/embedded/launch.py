"""Become another program, tied to the life of the process that asked for it.

Run as `python -I -S launch.py PARENT SIGNAL UID GID COMMAND…`: drops to UID and GID (unless -1), has the kernel send
SIGNAL to this process when its parent dies, and turns into COMMAND. A program of its own and not a `preexec_fn`,
because code between fork and exec can deadlock in a parent that has threads. The order matters: a change of user
clears the request to the kernel.
"""

import ctypes
import os
import sys

PR_SET_PDEATHSIG = 1


def main(arguments: list[str]) -> None:
    """Drop, tie, become; never returns."""
    parent, death_signal, uid, gid = (int(argument) for argument in arguments[:4])
    command = arguments[4:]
    if uid >= 0:
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_PDEATHSIG, death_signal, 0, 0, 0) != 0:
        sys.exit(f"prctl failed: {os.strerror(ctypes.get_errno())}")
    if os.getppid() != parent:  # it died before the request was made
        sys.exit("the process that started this one is gone")
    os.execvp(command[0], command)  # noqa: S606


if __name__ == "__main__":
    main(sys.argv[1:])

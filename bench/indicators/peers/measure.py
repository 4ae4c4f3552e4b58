"""Runs a command and says what it cost: measure.py NAME COMMAND..."""

import os
import resource
import sys
import time

name, command = sys.argv[1], sys.argv[2:]
began = time.monotonic()
status = os.spawnvp(os.P_WAIT, command[0], command)
wall = time.monotonic() - began
used = resource.getrusage(resource.RUSAGE_CHILDREN)
if status == 0:
    print(
        f"{name:<34}{used.ru_utime + used.ru_stime:8.2f} CPU s{wall:8.2f} s on the wall{used.ru_maxrss / 1024:8.0f} MiB resident"
    )
sys.exit(status)

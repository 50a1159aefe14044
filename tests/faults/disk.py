"""A disk that is slow when it is told to be, for a process that is started with it: what it writes reaches the disk, and it
waits a while longer for that."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

_C = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void wait_as_told(void) {
    int ms = 0;
    FILE *told = fopen(getenv("SLOW_DISK"), "r");
    if (told) { if (fscanf(told, "%d", &ms) != 1) ms = 0; fclose(told); }
    usleep(ms * 1000);
}

int fdatasync(int fd) {
    int done = ((int (*)(int))dlsym(RTLD_NEXT, "fdatasync"))(fd);
    wait_as_told();
    return done;
}

int fsync(int fd) {
    int done = ((int (*)(int))dlsym(RTLD_NEXT, "fsync"))(fd);
    wait_as_told();
    return done;
}
"""


class SlowDisk:
    """`env`: for the process; empty where there is no C compiler, and then it cannot be slow."""

    def __init__(self, folder: Path) -> None:
        self._told = folder / "milliseconds"
        self.env: dict[str, str] = {}
        compiler = shutil.which("cc")
        if compiler is None:
            return
        source, library = folder / "disk.c", folder / "disk.so"
        source.write_text(_C)
        subprocess.run([compiler, "-shared", "-fPIC", "-o", library, source, "-ldl"], check=True, capture_output=True)
        self.env = {"LD_PRELOAD": str(library), "SLOW_DISK": str(self._told)}

    def waits(self, seconds: float) -> None:
        """How much longer each write takes from now on."""
        self._told.write_text(str(int(seconds * 1000)))

"""`make test`: everything that CI runs. `python -m tests.everything -k words` runs a part of it.

Browser tests need Debian's Chromium. Where it is missing it is installed, if that is allowed (as root, with apt);
otherwise the run says loudly that they are skipped, and fails in CI.
"""

import os
import shutil
import subprocess
import sys

from tests.browser import CHROMIUM, NO_BROWSER

PACKAGES = ("chromium", "fonts-noto-core")
WORKERS = "2"
IN_CI = os.environ.get("CI") == "true"


def main(arguments: list[str]) -> int:
    """Run pytest over everything; returns its exit status, or 1 when CI has no browser."""
    if not CHROMIUM.exists() and may_install():
        install()
    if not CHROMIUM.exists():
        say(f"{NO_BROWSER}\nTHE TESTS IN A REAL BROWSER {'FAIL' if IN_CI else 'ARE SKIPPED'}.")
    command = [sys.executable, "-m", "pytest", "-n", WORKERS, "--dist", "worksteal", *arguments]
    status = subprocess.run(command, check=False).returncode
    return status or int(IN_CI and not CHROMIUM.exists())


def may_install() -> bool:
    """Whether packages can be installed without asking anybody."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install() -> None:
    """Install the browser and its fonts quietly; a failure is seen by its absence afterwards."""
    say(f"Installing {' and '.join(PACKAGES)} for the tests in a browser …")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (("update", "-qq"), ("install", "-y", "-qq", "--no-install-recommends", *PACKAGES)):
        told = subprocess.run(["apt-get", *command], env=quiet, capture_output=True, text=True, check=False)
        if told.returncode:
            say(told.stderr.strip())


def say(words: str) -> None:
    """Say something that cannot be overlooked, before the tests begin."""
    sys.stderr.write(f"\n{'*' * 78}\n{words}\n{'*' * 78}\n\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

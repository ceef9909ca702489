"""The demo's processes stand and fall together."""

import subprocess
import sys
from pathlib import Path
from socket import socket

START = "import sys, pathlib; from parentsite.demo.running import DemoSite, run_processes; "


def test_a_demo_whose_provider_cannot_start_ends_and_says_so(tmp_path: Path) -> None:
    """Else it would send people to sign in with whatever else answers at that port."""
    with socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1] - 1
        run = f"{START}sys.exit(run_processes(DemoSite(pathlib.Path({str(tmp_path)!r}), {port})))"
        ended = subprocess.run([sys.executable, "-c", run], capture_output=True, text=True, timeout=120, check=False)
    assert ended.returncode == 1
    assert "The demo stops, because its provider has ended." in ended.stderr

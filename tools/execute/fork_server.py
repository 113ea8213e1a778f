"""A process that has the libraries loaded and forks a kernel for each page.

Loading torch, its optimisers and Matplotlib takes longer than most pages then run. Here it is done
once a build. Jupyter starts `forked_kernel.py` as if that were the kernel; it asks this server, by
a socket, for a fork that becomes one. A fork ends with the process that asked for it, and with the
build.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

KERNEL = "ipykernel.kernelapp"
# What pages load, and load late: the first optimiser imports _dynamo, a drawing its writers.
TORCH = (
    "torch",
    "torch._dynamo",
    "jaxtyping",
    "matplotlib.pyplot",
    "matplotlib.backends.backend_svg",
    "matplotlib.backends.backend_pdf",
)
BACKEND = "module://matplotlib_inline.backend_inline"  # as a kernel says before Matplotlib is there
ENVIRONMENT = "EBM_FORK_SERVER"  # the socket of a server that is there already


@contextmanager
def fork_server(env: Mapping[str, str], modules: Sequence[str] = TORCH) -> Iterator[str]:
    """Start a server for as long as the context lasts; yields its address."""
    with TemporaryDirectory(prefix="kernels-") as folder:
        address = str(Path(folder, "socket"))
        with closing(socket.socket(socket.AF_UNIX)) as listener:
            listener.bind(address)
            listener.listen(128)  # who asks while the libraries load waits here
            server = subprocess.Popen(
                [sys.executable, __file__, str(listener.fileno()), *modules],
                env={**env, "MPLBACKEND": env.get("MPLBACKEND") or BACKEND},
                stdin=subprocess.PIPE,
                pass_fds=[listener.fileno()],
                start_new_session=True,  # Ctrl-C is for the build
            )
        try:
            yield address
        finally:
            server.communicate()  # the end of its input is the end of its work


def kernel_command(address: str) -> list[str]:
    """What Jupyter is to start as a kernel, so that a server forks it."""
    client = str(Path(__file__).with_name("forked_kernel.py"))
    return [sys.executable, "-IS", client, address, "-f", "{connection_file}"]


def serve(listener: socket.socket, modules: Sequence[str]) -> None:
    """Fork for whoever connects, until the input ends."""
    for name in (KERNEL, *modules):
        with suppress(Exception):  # the page that wants it will tell
            importlib.import_module(name)
    gc.collect()
    gc.freeze()  # what all share is not searched again in each fork
    forks: set[int] = set()
    while sys.stdin not in select.select([listener, sys.stdin], [], [])[0]:
        connection, _ = listener.accept()
        if (fork := os.fork()) == 0:
            listener.close()
            become_kernel(connection)
            return
        connection.close()
        forks = {fork} | {pid for pid in forks if not os.waitpid(pid, os.WNOHANG)[0]}
    for fork in forks:
        os.kill(fork, signal.SIGKILL)  # whoever asked for it is gone
        os.waitpid(fork, 0)  # so that its time counts as the build's


def become_kernel(connection: socket.socket) -> None:
    """Take over streams, environment and folder of the process that asked; run as its kernel."""
    os.setsid()
    text, streams, _, _ = socket.recv_fds(connection, 1, 3)
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    with connection.makefile("rb") as rest:
        asked = json.loads(text + rest.readline())
    os.environ.clear()
    os.environ.update(asked["env"])
    os.chdir(asked["folder"])
    server = os.getppid()
    threading.Thread(target=_end_with, args=(connection,), daemon=True).start()
    sys.argv = [KERNEL, *asked["arguments"], f"--IPKernelApp.parent_handle={server}"]
    importlib.import_module(KERNEL).launch_new_instance()


def _end_with(connection: socket.socket) -> None:
    connection.recv(1)  # nothing is ever sent: it returns when the other side is gone
    os._exit(0)


if __name__ == "__main__":
    del sys.path[0]  # this folder is not a kernel's
    serve(socket.socket(fileno=int(sys.argv[1])), sys.argv[2:])

"""What Jupyter starts as a page's kernel: it asks the fork server for one, and ends when that ends.

python -IS forked_kernel.py SOCKET ARGUMENTS-OF-THE-KERNEL

Without a server it becomes an ordinary kernel itself.
"""

import json
import os
import signal
import socket
import sys

address, arguments = sys.argv[1], sys.argv[2:]
asked = {"arguments": arguments, "env": dict(os.environ), "folder": os.getcwd()}
signal.signal(signal.SIGINT, signal.SIG_IGN)  # Jupyter interrupts what it is about to kill
connection = socket.socket(socket.AF_UNIX)
try:
    connection.connect(address)
    message = json.dumps(asked).encode() + b"\n"
    socket.send_fds(connection, [message[:1]], [0, 1, 2])
    connection.sendall(message[1:])
except OSError:
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.execv(sys.executable, [sys.executable, "-m", "ipykernel_launcher", *arguments])
connection.recv(1)  # nothing is ever sent: it returns when the kernel is gone
sys.exit(1)

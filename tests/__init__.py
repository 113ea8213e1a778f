"""One thread a test: two run at once, and a machine's cores are often not all ours."""

import os

for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"):  # before torch comes
    os.environ.setdefault(name, "1")

"""Run written programs in Node, beside torch: one process for all of them."""

import json
import subprocess
from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor

from _ext.shared.npm import node

SERVER = """
const plain = (v) => (Number.isFinite(v) ? v : String(v));
require("readline").createInterface({ input: process.stdin }).on("line", (line) => {
  const { make, settings } = JSON.parse(line);
  let answer;
  try {
    const run = (0, eval)(`(${make})`)();
    const at = (one) => run(...one.map((v) => v.map(Number)));
    answer = settings.map((one) => at(one).map((out) => Array.from(out, plain)));
  } catch (error) {
    answer = String(error.stack);
  }
  console.log(JSON.stringify(answer));
});
"""


class Javascript:
    """A Node process that evaluates programs."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [node(), "-e", SERVER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def run(self, make: str, settings: Sequence[Sequence[Tensor]]) -> list[list[Tensor]]:
        """The outputs of a program at some settings, flat and in float64."""
        given = [[_listed(one) for one in values] for values in settings]
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps({"make": make, "settings": given}) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        assert isinstance(answer, list), f"{answer}\n{make}"
        return [[_tensor(out) for out in outs] for outs in answer]

    def close(self) -> None:
        """End the process."""
        self.process.communicate()


def _listed(one: Tensor) -> list[Any]:
    values = one.reshape(-1).to(torch.float64).tolist()
    return [v if abs(v) < float("inf") else str(v).replace("inf", "Infinity") for v in values]


def _tensor(out: list[Any]) -> Tensor:
    return torch.tensor([float(v) for v in out], dtype=torch.float64)

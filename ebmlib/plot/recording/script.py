"""A recorded program as a readable JavaScript function: `Script(program, wanted).text()`."""

from collections.abc import Sequence

from ebmlib.plot.recording.helpers import used
from ebmlib.plot.recording.plan import Kinds
from ebmlib.plot.recording.pointwise import POINTWISE, pointwise
from ebmlib.plot.recording.products import PRODUCTS
from ebmlib.plot.recording.program import Program, Value
from ebmlib.plot.recording.reductions import REDUCTIONS
from ebmlib.plot.recording.scattered import KEEPS_OPERANDS, SCATTERED
from ebmlib.plot.recording.text import NotKnownError
from ebmlib.plot.recording.views import RESHAPES, WHERE, view
from ebmlib.plot.recording.writer import Writer

VIEWS = {*WHERE, *RESHAPES}
EXPRESSIONS = dict.fromkeys(VIEWS, view) | dict.fromkeys(POINTWISE, pointwise)
STATEMENTS = REDUCTIONS | PRODUCTS | SCATTERED
KNOWN = {*EXPRESSIONS, *STATEMENTS}
"""The calls that are written as they are; the tracer takes others apart."""
KINDS = Kinds(
    views=VIEWS,
    pointwise=POINTWISE,
    products=set(PRODUCTS),
    scattered=KEEPS_OPERANDS,
    known=KNOWN,
)


class Script:
    """One function of the settings, whose results are the wanted values as typed arrays.

    Args:
        program: what the tracer recorded.
        wanted: the values that the function returns, in this order.

    Raises:
        NotKnownError: for a call or a kind of number that live figures do not know.
    """

    def __init__(self, program: Program, wanted: Sequence[Value]) -> None:
        self.program, self.wanted = program, list(wanted)
        self._writer = Writer(program, wanted, KINDS, EXPRESSIONS, STATEMENTS)

    def text(self) -> str:
        """A function that makes arrays and constants once, and returns the function itself."""
        writer = self._writer
        names = ",".join(f"s_{name}" for name in self.program.settings)
        made = "const " + ",\n".join(writer.names) + ";\n" if writer.names else ""
        once = "".join(f"{line}\n" for line in writer.once)
        lines = "\n".join(writer.lines)
        returned = ",".join(writer.arrays[one] for one in self.wanted)
        helpers = used(f"{made}{once}{lines}")
        return f"()=>{{{helpers}\n{made}{once}return({names})=>{{\n{lines}\nreturn[{returned}]}}}}"


__all__ = ["KNOWN", "NotKnownError", "Script"]

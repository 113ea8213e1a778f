"""A panel without axes: a picture of the plane where only the shape counts."""

from matplotlib.axes import Axes

from ebmlib.plot.canvas.palette import colour as hex_of
from ebmlib.plot.canvas.style import style
from ebmlib.plot.canvas.symbols import written


def bare(ax: Axes, half: float, title: str = "", centre: tuple[float, float] = (0.0, 0.0)) -> None:
    """Show the square of half width `half` round the centre, one scale, no lines, no ticks."""
    with style():
        ax.set_axis_off()
        ax.set(xlim=(centre[0] - half, centre[0] + half), ylim=(centre[1] - half, centre[1] + half))
        ax.set_aspect("equal", adjustable="box")
        if title:
            text, colour = written(title)
            ax.set_title(text, color=hex_of(colour))

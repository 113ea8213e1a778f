r"""Autoencoders whose code is a few words: each slot of the code is one of K vectors of a book.

h (*nets, batch, slots, dim) is what an encoder says, book (*nets, slots, K, dim) holds the words,
k (*nets, batch, slots) which of them are chosen, q (*nets, batch, slots, dim) the chosen ones.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import torch
from jaxtyping import Float, Int
from torch import Tensor, nn
from torch.nn.functional import one_hot

from ebmlib.autoencoders.autoencoder import Autoencoder
from ebmlib.checks import check_count, check_ndim, check_positive
from ebmlib.generative.kmeans import kmeans, one_hot_energies
from ebmlib.train import adam


def nearest(
    h: Float[Tensor, "*nets batch slots dim"], book: Float[Tensor, "*nets slots K dim"]
) -> Int[Tensor, "*nets batch slots"]:
    r"""The word of each slot that lies nearest to what the encoder says.

    Formula:
        k = argmin_k |h - w_k|^2, slot by slot.

    Raises:
        ValueError: if h and book differ in slots or dim.

    Source: van den Oord, Vinyals, Kavukcuoglu, Neural discrete representation learning, 2017.

    Derived on: book/codes/quantised.md
    """
    if h.ndim < 3 or book.ndim < 3 or h.shape[-2:] != (book.shape[-3], book.shape[-1]):
        raise ValueError(
            "h must have shape (*nets, batch, slots, dim) and book (*nets, slots, K, dim). "
            f"Got {tuple(h.shape)} and {tuple(book.shape)}."
        )
    e = book.square().sum(-1)[..., None, :] - 2 * h.transpose(-3, -2) @ book.mT
    return e.argmin(-1).mT


def read(
    book: Float[Tensor, "*nets slots K dim"], k: Int[Tensor, "*nets batch slots"]
) -> Float[Tensor, "*nets batch slots dim"]:
    """The words of these numbers.

    Derived on: book/codes/quantised.md
    """
    return torch.take_along_dim(book, k.mT[..., None], -2).transpose(-3, -2)


def straight_through(
    h: Float[Tensor, "*shape"], q: Float[Tensor, "*shape"]
) -> Float[Tensor, "*shape"]:
    r"""The word forward, the identity backward.

    Formula:
        h + sg(q - h): the value is q, and the gradient with respect to h is that of q.

    Source: Bengio, Leonard, Courville, Estimating or propagating gradients through stochastic
        neurons for conditional computation, 2013.

    Derived on: book/codes/quantised.md
    """
    return h + (q - h).detach()


def counts(k: Int[Tensor, "*nets batch slots"], K: int) -> Float[Tensor, "*nets slots {K}"]:
    """How often each word of each slot is chosen.

    Derived on: book/codes/quantised.md
    """
    return one_hot(k, K).sum(-3).to(torch.get_default_dtype())


def bits(share: Float[Tensor, "*shape K"]) -> Float[Tensor, "*shape"]:
    r"""Entropy of the words in bits: what one of them costs in the best code for these shares.

    Formula:
        H = -sum_k p_k log2 p_k, with p the shares divided by their sum; at most log2 K.

    Raises:
        ValueError: if a share is negative, or all of a row are zero.

    Source: Shannon, A mathematical theory of communication, 1948.

    Derived on: book/codes/quantised.md
    """
    if bool((share < 0).any()) or bool((share.sum(-1) == 0).any()):
        raise ValueError(f"share must be >= 0, and not all of a row zero. Got {share.tolist()}.")
    p = share / share.sum(-1, keepdim=True)
    return -torch.xlogy(p, p).sum(-1) / torch.log(torch.tensor(2.0, dtype=p.dtype))


class Averages:
    r"""Words that follow the mean of what chose them lately.

    Formula:
        N <- a N + (1 - a) n, m <- a m + (1 - a) (sum of the h that chose the word),
        w = m / (N + eps), from N = 1 and m = w. With eps = 0 a word that nobody chooses stays
        where it is; with eps > 0 it goes to the origin once N falls below eps.

    Args:
        book: where the words start.
        a: how much of the past is kept.
        eps: in the denominator, one for all nets or one a net.

    Raises:
        ValueError: if a is not in [0, 1) or an eps is negative.

    Source: van den Oord, Vinyals, Kavukcuoglu, Neural discrete representation learning, 2017,
        appendix.

    Derived on: book/codes/quantised.md
    """

    def __init__(
        self,
        book: Float[Tensor, "*nets slots K dim"],
        a: float = 0.95,
        eps: float | Float[Tensor, " nets"] = 0.0,
    ) -> None:
        self.eps = torch.as_tensor(eps, dtype=book.dtype)[..., None, None, None]
        if not 0 <= a < 1:
            raise ValueError(f"a must be in [0, 1). Got {a}.")
        if bool((self.eps < 0).any()):
            raise ValueError(f"eps must be >= 0. Got {self.eps.flatten().tolist()}.")
        self.a, self.m = a, book.detach().clone()
        self.N = torch.ones_like(self.m[..., :1])

    def update(
        self, h: Float[Tensor, "*nets batch slots dim"], k: Int[Tensor, "*nets batch slots"]
    ) -> Float[Tensor, "*nets slots K dim"]:
        """The words after a batch."""
        Z = one_hot(k.mT, self.N.shape[-2]).to(h.dtype)
        self.N = self.a * self.N + (1 - self.a) * Z.sum(-2)[..., None]
        self.m = self.a * self.m + (1 - self.a) * Z.mT @ h.transpose(-3, -2)
        return self.m / (self.N + self.eps)

    def move(
        self, where: Tensor, to: Float[Tensor, "*nets slots K dim"]
    ) -> Float[Tensor, "*nets slots K dim"]:
        """The words with some of them moved: from there they start anew."""
        self.m = torch.where(where[..., None], to, self.m)
        self.N = torch.where(where[..., None], 1, self.N)
        return self.m / (self.N + self.eps)


class Quantised(Autoencoder):
    r"""A stack of autoencoders with a book of words between encoder and decoder.

    Formula:
        E(y, k) = |y - Dec(w_k1, ..., w_kS)|^2.

    Args:
        sizes: of the encoder, [64, 96, 16]; the last is slots times dim.
        book: words to start with; its dtype is that of the nets.
        generators: one for each net.

    Raises:
        ValueError: as `Stacked`, or if the book does not fit the sizes and nets.

    Source: van den Oord, Vinyals, Kavukcuoglu, Neural discrete representation learning, 2017.

    Derived on: book/codes/quantised.md
    """

    def __init__(
        self,
        sizes: Sequence[int],
        book: Float[Tensor, "nets slots K dim"],
        generators: Sequence[torch.Generator],
    ) -> None:
        super().__init__(sizes, generators, dtype=book.dtype)
        check_ndim("book", book, 4, "(nets, slots, K, dim)")
        nets, slots, _, dim = book.shape
        if nets != len(generators) or slots * dim != sizes[-1]:
            raise ValueError(
                f"book must have shape ({len(generators)}, slots, K, dim) with "
                f"slots * dim = {sizes[-1]}. Got {tuple(book.shape)}."
            )
        self.encoder.activation = self.decoder.activation = torch.relu
        self.book = nn.Parameter(book.clone())

    def encode(self, y: Float[Tensor, "#nets batch n"]) -> Float[Tensor, "nets batch slots dim"]:
        """What the encoder says, slot by slot."""
        h: Tensor = self.encoder(y)
        return h.view(*h.shape[:-1], self.book.shape[1], self.book.shape[3])

    def choose(self, y: Float[Tensor, "#nets batch n"]) -> Int[Tensor, "nets batch slots"]:
        """The words that the encoder chooses."""
        return nearest(self.encode(y), self.book)

    def decode(self, k: Int[Tensor, "nets batch slots"]) -> Float[Tensor, "nets batch n"]:
        """What these words draw."""
        return self.decoder(read(self.book, k).flatten(-2))  # type: ignore[no-any-return]

    def word_energy(
        self, y: Float[Tensor, "#nets batch n"], k: Int[Tensor, "nets batch slots"]
    ) -> Float[Tensor, "nets batch"]:
        """E(y, k), the squared error of what these words draw."""
        return (y - self.decode(k)).square().sum(-1)

    def loss(self, y: Float[Tensor, "#nets batch n"], pull: float = 0.25) -> Float[Tensor, ""]:
        r"""Sum over the nets of the mean of error, of what draws words, and of what draws codes.

        Formula:
            |y - Dec(h + sg(q - h))|^2 + |sg h - q|^2 + pull |h - sg q|^2.
        """
        h = self.encode(y)
        q = read(self.book, nearest(h.detach(), self.book.detach()))
        error = (y - self.decoder(straight_through(h, q).flatten(-2))).square().sum(-1)
        words = (h.detach() - q).square().sum((-2, -1))
        codes = (h - q.detach()).square().sum((-2, -1))
        total: Tensor = (error + words + pull * codes).mean(-1).sum()
        return total


def from_samples(
    net: Quantised, y: Float[Tensor, "n dim"], generators: Sequence[torch.Generator]
) -> Float[Tensor, "nets slots K d"]:
    """Words to start with: what each encoder says of some samples, drawn by its generator.

    Raises:
        ValueError: if there is not one generator a net, or there are fewer samples than words.

    Derived on: book/codes/quantised.md
    """
    nets, _, K, _ = net.book.shape
    if len(generators) != nets:
        raise ValueError(f"generators must hold {nets}, one a net. Got {len(generators)}.")
    if len(y) < K:
        raise ValueError(f"y must hold {K} samples or more. Got {len(y)}.")
    rows = torch.stack([torch.randperm(len(y), generator=g)[:K] for g in generators])
    with torch.no_grad():
        return net.encode(y[rows]).transpose(1, 2)


class Rule(NamedTuple):
    """How a book is trained."""

    averages: bool = True
    """By moving averages; else by the gradient of |sg h - q|^2."""
    eps: float = 0.0
    """Of the averages."""
    restarts: bool = False
    """Whether words unused for 50 steps move to what the encoder says of some sample."""


def learn(
    net: Quantised,
    y: Float[Tensor, "n dim"],
    rules: Sequence[Rule],
    *,
    steps: int,
    lr: float = 3e-3,
    batch: int = 128,
    generator: torch.Generator | None = None,
) -> Iterator[Float[Tensor, "nets"]]:
    """Train a stack of nets on the same portions, the book of each by its own rule.

    Adam with a cosine schedule moves the nets; restarts end after four fifths of the steps.

    Yields:
        Every 50 steps, the words of a book that were chosen in them, the mean over the slots.

    Raises:
        ValueError: if there is not one rule a net, a count is below 1 or lr not positive.

    Derived on: book/codes/quantised.md
    """
    if len(rules) != len(net.book):
        raise ValueError(f"rules must hold {len(net.book)}, one a net. Got {len(rules)}.")
    check_count("steps", steps)
    check_count("batch", batch)
    check_positive("lr", lr)
    return _learn(net, y, rules, steps, lr, batch, generator)


def _learn(
    net: Quantised,
    y: Tensor,
    rules: Sequence[Rule],
    steps: int,
    lr: float,
    batch: int,
    generator: torch.Generator | None,
) -> Iterator[Tensor]:
    book, K = net.book, net.book.shape[2]
    averaged, restarted = (
        torch.tensor([rule[i] for rule in rules], dtype=torch.bool) for i in (0, 2)
    )
    means = Averages(book, eps=torch.tensor([rule.eps for rule in rules], dtype=book.dtype))
    optimiser, schedule = adam(net.parameters(), lr, steps)
    used = torch.zeros(book.shape[:3], dtype=torch.bool)
    for step in range(1, steps + 1):
        y_b = y[torch.randint(len(y), (batch,), generator=generator)][None]
        optimiser.zero_grad()
        net.loss(y_b).backward()  # type: ignore[no-untyped-call]
        with torch.no_grad():
            h = net.encode(y_b)
            k = nearest(h, book)
            used |= counts(k, K) > 0
            optimiser.step()
            schedule.step()
            book[averaged] = means.update(h, k)[averaged]
            if step % 50 == 0:
                yield used.sum(-1).to(y.dtype).mean(-1)
                if step <= 0.8 * steps:
                    dead = ~used & restarted[:, None, None]
                    moved = means.move(dead, _spread(h, K))
                    book[averaged] = moved[averaged]
                used.zero_()


def _spread(h: Tensor, K: int) -> Tensor:
    """What the encoder says of the first samples of a (random) batch, as K places a slot."""
    rows = torch.arange(K) % h.shape[-3]
    return h[..., rows, :, :].transpose(-3, -2)


def by_turns(
    energy: Callable[[Tensor], Tensor],
    k: Int[Tensor, "*nets batch slots"],
    K: int,
    *,
    rounds: int = 2,
) -> Int[Tensor, "*nets batch slots"]:
    r"""Lower an energy over the words of one slot after the other; it never rises.

    Formula:
        k_s <- argmin over the K words of slot s of E(y, k), the other slots held.

    Args:
        energy: of such numbers of words, (*nets, batch).
        k: where to start.
        K: words of a slot.
        rounds: through all slots.

    Raises:
        ValueError: if K or rounds is below 1.

    Derived on: book/codes/quantised.md
    """
    check_count("K", K)
    check_count("rounds", rounds)
    k = k.clone()
    for _ in range(rounds):
        for s in range(k.shape[-1]):
            k[..., s] = torch.stack([energy(_with(k, s, w)) for w in range(K)]).argmin(0)
    return k


def _with(k: Tensor, s: int, w: int) -> Tensor:
    k = k.clone()
    k[..., s] = w
    return k


class Residual(NamedTuple):
    """A mean, and books whose words are added to it, one of each."""

    mean: Float[Tensor, " dim"]
    books: Float[Tensor, "slots dim K"]

    def encode(self, y: Float[Tensor, "batch dim"]) -> Int[Tensor, "batch slots"]:
        """Greedily: each slot takes the word nearest to what the slots before leave."""
        left, chosen = y - self.mean, []
        for W in self.books:
            chosen.append(one_hot_energies(left, W).argmin(-1))
            left = left - W.mT[chosen[-1]]
        return torch.stack(chosen, -1)

    def decode(self, k: Int[Tensor, "batch slots"]) -> Float[Tensor, "batch dim"]:
        """The mean and the words."""
        words = [W.mT[one] for W, one in zip(self.books, k.mT, strict=True)]
        return self.mean + torch.stack(words).sum(0)


def residual_quantiser(
    y: Float[Tensor, "n dim"],
    K: int,
    slots: int,
    *,
    restarts: int = 1,
    generator: torch.Generator | None = None,
) -> Residual:
    r"""K-means of the samples, then of what it leaves, and so on.

    Formula:
        r_1 = y - mean; book s = K-means of r_s; r_{s+1} = r_s - its nearest word.

    Raises:
        ValueError: as `kmeans`, or if slots < 1.

    Source: Chen, Guan, Wang, Approximate nearest neighbor search by residual vector
        quantization, 2010.

    Derived on: book/codes/quantised.md
    """
    check_count("slots", slots)
    mean, books = y.mean(0), []
    left = y - mean
    for _ in range(slots):
        run = kmeans(left, K, restarts=restarts, generator=generator)
        books.append(run.W)
        left = left - run.W.mT[run.k]
    return Residual(mean, torch.stack(books))

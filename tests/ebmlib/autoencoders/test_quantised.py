"""Words against enumeration and closed forms, gradients against autograd and differences."""

import pytest
import torch

from ebmlib.autoencoders.quantised import (
    Averages,
    Quantised,
    Rule,
    bits,
    by_turns,
    counts,
    from_samples,
    learn,
    nearest,
    read,
    residual_quantiser,
    straight_through,
)
from ebmlib.generative.kmeans import kmeans
from ebmlib.train import generators
from tests.helpers.draws import normal


def net(seeds: list[int] | None = None, K: int = 5) -> Quantised:
    seeds = seeds or [0, 1]
    book = normal(len(seeds), 3, K, 2, seed=9)
    return Quantised([6, 8, 6], book, generators(seeds))


def test_the_nearest_word_is_found_by_looking_at_all() -> None:
    h, book = normal(2, 7, 3, 4, seed=0), normal(2, 3, 5, 4, seed=1)
    k = nearest(h, book)
    for i in range(2):
        for b in range(7):
            for s in range(3):
                far = [float((h[i, b, s] - book[i, s, w]).norm()) for w in range(5)]
                assert far[k[i, b, s]] == min(far)
                assert torch.equal(read(book, k)[i, b, s], book[i, s, k[i, b, s]])


def test_the_gradient_goes_straight_through() -> None:
    h, q = normal(4, 3, seed=0).requires_grad_(), normal(4, 3, seed=1)
    c = normal(4, 3, seed=2)
    out = straight_through(h, q)
    torch.testing.assert_close(out, q)
    (c * out.square()).sum().backward()
    torch.testing.assert_close(h.grad, 2 * c * q)


def test_bits_of_even_words_and_of_one() -> None:
    assert bits(torch.ones(16)).item() == pytest.approx(4)
    assert bits(torch.tensor([3.0, 0.0])).item() == 0
    share = torch.tensor([0.5, 0.25, 0.25])
    assert bits(8 * share).item() == pytest.approx(1.5)
    k = torch.tensor([[0, 2], [0, 1], [1, 2]])
    assert counts(k, 3).tolist() == [[2, 1, 0], [0, 1, 2]]


def test_averages_are_the_weighted_mean_of_all_batches() -> None:
    """Unrolled: a batch that lies t back has the weight (1 - a) a^t, the start a^T."""
    a, T = 0.8, 6
    book, h, k = normal(2, 3, 1, seed=0), normal(T, 9, 2, 1, seed=1), torch.zeros(T, 9, 2).long()
    k[:, ::2] = 1
    means = Averages(book, a)
    for t in range(T):
        w = means.update(h[t], k[t])
    for s in range(2):
        for word in (0, 1):
            chosen = (k[:, :, s] == word).double()
            weight = (1 - a) * a ** torch.arange(T - 1, -1, -1.0).double()
            above = a**T * book[s, word, 0] + (weight[:, None] * chosen * h[:, :, s, 0]).sum()
            below = a**T + (weight[:, None] * chosen).sum()
            torch.testing.assert_close(w[s, word, 0], above / below)
    torch.testing.assert_close(w[:, 2], book[:, 2])  # never chosen: it stays


def test_a_guarded_word_that_nobody_chooses_goes_to_the_origin() -> None:
    book, h, k = normal(1, 2, 3, seed=0) + 5, normal(4, 1, 3, seed=1), torch.zeros(4, 1).long()
    means = Averages(book, 0.5, eps=1e-3)
    for t in range(1, 31):
        w = means.update(h, k)
        torch.testing.assert_close(w[0, 1], book[0, 1] * 0.5**t / (0.5**t + 1e-3))
    assert w[0, 1].norm() < 1e-4
    moved = means.move(torch.tensor([[False, True]]), torch.full_like(book, 2.0))
    torch.testing.assert_close(moved[0, 1], torch.full((3,), 2.0 / 1.001).double())
    torch.testing.assert_close(moved[0, 0], w[0, 0])


def test_the_loss_is_its_three_parts() -> None:
    model, y = net(), normal(2, 7, 6, seed=3)
    h, k = model.encode(y), model.choose(y)
    q = read(model.book, k)
    away = (h - q).square().sum((-2, -1))
    wanted = (model.word_energy(y, k) + 1.25 * away).mean(-1).sum()
    torch.testing.assert_close(model.loss(y), wanted)
    model.loss(y).backward()
    # The book's gradient is that of |sg h - q|^2 alone: the error goes to the encoder.
    want = torch.autograd.grad((h.detach() - q).square().sum((-2, -1)).mean(-1).sum(), model.book)
    torch.testing.assert_close(model.book.grad, want[0])


def test_turns_never_rise_and_end_where_no_single_word_helps() -> None:
    model, y = net(), normal(2, 7, 6, seed=3)

    def energy(k: torch.Tensor) -> torch.Tensor:
        return model.word_energy(y, k)

    k = model.choose(y)
    last = by_turns(energy, k, 5, rounds=20)
    assert (energy(last) <= energy(k) + 1e-12).all()
    every = torch.cartesian_prod(*[torch.arange(5)] * 3)
    all_energies = torch.stack([energy(one.expand(2, 7, 3)) for one in every])
    assert (all_energies.amin(0) <= energy(last) + 1e-12).all()
    for one in every:
        near = (one != last).sum(-1) == 1
        assert (energy(one.expand(2, 7, 3))[near] >= energy(last)[near] - 1e-12).all()


def test_each_round_goes_once_through_all_slots_from_where_the_last_one_ended() -> None:
    A = normal(12, 12, seed=4)
    A = A @ A.mT  # so coupled that one round is not enough
    words = normal(4, 5, 3, seed=5)

    def energy(k: torch.Tensor) -> torch.Tensor:
        y = torch.cat([words[s][k[..., s]] for s in range(4)], -1)
        return ((y @ A) * y).sum(-1)

    k, trials = torch.zeros(20, 4).long(), []
    for rounds in (1, 2):
        ends = by_turns(energy, k, 5, rounds=rounds)
        again = k
        for _ in range(rounds):
            again = by_turns(energy, again, 5, rounds=1)
        assert torch.equal(ends, again)
        trials.append(energy(ends).sum())
    assert trials[0] > trials[1]
    asked: list[int] = []
    by_turns(lambda k: (asked.append(len(k)), energy(k))[1], k, 5, rounds=3)
    assert len(asked) == 3 * 4 * 5


def test_learning_lowers_the_error_and_restarts_use_the_words(generator) -> None:
    y = normal(200, 6, seed=4)
    model = net([0, 1, 2])
    with torch.no_grad():
        model.book[1:] += 20
        before = model.word_energy(y[None], model.choose(y[None])).mean(-1)
    rules = [Rule(averages=False), Rule(), Rule(restarts=True)]
    used = torch.stack([*learn(model, y, rules, steps=300, batch=32, generator=generator(0))])
    with torch.no_grad():
        after = model.word_energy(y[None], model.choose(y[None])).mean(-1)
    assert used.shape == (6, 3)
    assert after[0] < before[0]
    assert used[-1, 2] == 5 > used[-1, 1]
    assert after[2] < after[1]


def test_words_from_samples_are_what_the_encoder_says(generator) -> None:
    model, y = net(), normal(50, 6, seed=4)
    book = from_samples(model, y, [generator(0), generator(1)])
    said = model.encode(y[None])
    for i in range(2):
        rows = torch.randperm(50, generator=generator(i))[:5]
        torch.testing.assert_close(book[i], said[i, rows].transpose(0, 1))


def test_a_residual_quantiser_is_kmeans_of_what_is_left(generator) -> None:
    y = normal(60, 3, seed=5)
    g = generator(0)
    first = kmeans(y - y.mean(0), 4, restarts=1, generator=g)
    left = y - y.mean(0) - first.W.mT[first.k]
    second = kmeans(left, 4, restarts=1, generator=g)
    quantiser = residual_quantiser(y, 4, 2, generator=generator(0))
    k = quantiser.encode(y)
    torch.testing.assert_close(k, torch.stack([first.k, second.k], -1))
    errors = (y - quantiser.decode(k)).square().sum()
    torch.testing.assert_close(errors, second.inertia)
    assert quantiser.books.shape == (2, 3, 4)


def test_errors(unchecked, generator) -> None:
    with pytest.raises(ValueError, match=r"Got \(7, 3, 4\) and \(3, 5, 2\)."):
        nearest(torch.zeros(7, 3, 4), torch.zeros(3, 5, 2))
    with pytest.raises(ValueError, match=r"share must be >= 0"):
        bits(torch.tensor([-1.0, 2.0]))
    with pytest.raises(ValueError, match=r"a must be in \[0, 1\). Got 1.0."):
        Averages(torch.zeros(1, 2, 3), 1.0)
    with pytest.raises(ValueError, match=r"eps must be >= 0. Got \[-1.0\]."):
        Averages(torch.zeros(1, 2, 3), eps=-1.0)
    with pytest.raises(ValueError, match=r"slots \* dim = 6. Got \(2, 3, 5, 4\)."):
        Quantised([6, 8, 6], torch.zeros(2, 3, 5, 4), generators([0, 1]))
    with pytest.raises(ValueError, match=r"rules must hold 2, one a net. Got 1."):
        learn(net(), torch.zeros(9, 6), [Rule()], steps=1)
    with pytest.raises(ValueError, match=r"steps must be an integer >= 1. Got 0."):
        learn(net(), torch.zeros(9, 6), [Rule()] * 2, steps=0)
    with pytest.raises(ValueError, match=r"lr must be finite and > 0. Got 0.0."):
        learn(net(), torch.zeros(9, 6), [Rule()] * 2, steps=1, lr=0.0)
    with pytest.raises(ValueError, match=r"generators must hold 2, one a net. Got 1."):
        from_samples(net(), torch.zeros(9, 6), [generator(0)])
    with pytest.raises(ValueError, match=r"y must hold 5 samples or more. Got 4."):
        from_samples(net(), torch.zeros(4, 6), [generator(0)] * 2)
    with pytest.raises(ValueError, match=r"rounds must be an integer >= 1. Got 0."):
        by_turns(lambda k: k.sum(-1), torch.zeros(3, 2).long(), 2, rounds=0)
    with pytest.raises(ValueError, match=r"slots must be an integer >= 1. Got 0."):
        residual_quantiser(torch.zeros(9, 6), 2, 0)

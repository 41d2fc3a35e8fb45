"""Fit the reader's upper layers to windows whose frozen states are known."""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from training.span_model import SpanModel

BATCH = 16  # windows
_WARM_UP = 0.06  # of all steps
_LEARNING_RATE = 1.5e-4  # for the layers; of 5e-5, 1e-4 and 1.5e-4 see the model card
_HEAD_RATE = 5e-4
_WEIGHT_DECAY = 0.01
_LONGEST_GRADIENT = 1.0
_POOL = 64  # batches among which windows of like length are put together
_SAID_EVERY = 50  # steps


@dataclass(frozen=True, slots=True)
class Lesson:
    """A window as the trained layers see it."""

    states: NDArray[np.float16]  # shape (tokens, 384)
    text_at: int  # first token of the text that is read
    start: int  # first token of the answer; 0 for none
    end: int


@dataclass(frozen=True, slots=True)
class _Batch:
    states: torch.Tensor
    mask: torch.Tensor
    allowed: torch.Tensor
    starts: torch.Tensor
    ends: torch.Tensor


def fit(
    model: SpanModel,
    epochs: Sequence[Sequence[Lesson]],
    *,
    seed: int,
    say: Callable[[str], None],
    keep: Callable[[], None],
) -> None:
    """Teach the model, with a learning rate that falls to nothing at the end.

    Args:
        model: Changed in place, on the device it is on.
        epochs: What is learnt, epoch by epoch.
        seed: Of the order of the windows.
        say: Told how it goes.
        keep: Called after each epoch, so that a run that is cut off leaves something.
    """
    rng = random.Random(seed)
    head = {id(p) for p in model.span.parameters()}
    optimiser = torch.optim.AdamW(
        [
            {"params": [p for p in model.parameters() if id(p) not in head], "lr": _LEARNING_RATE},
            {"params": list(model.span.parameters()), "lr": _HEAD_RATE},
        ],
        weight_decay=_WEIGHT_DECAY,
    )
    steps = sum(-(-len(epoch) // BATCH) for epoch in epochs)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda n: min((n + 1) / (_WARM_UP * steps), max(0.0, 1 - n / steps))
    )
    device = next(model.parameters()).device
    begun, step, lately = time.monotonic(), 0, []
    for number, epoch in enumerate(epochs, 1):
        for lessons in _batches(epoch, rng):
            loss = _loss(model, _collate(lessons, device))
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(model.parameters(), _LONGEST_GRADIENT)
            optimiser.step()
            schedule.step()
            step += 1
            lately.append(loss.item())
            if step % _SAID_EVERY == 0:
                minutes = (time.monotonic() - begun) / 60
                mean = sum(lately[-_SAID_EVERY:]) / _SAID_EVERY
                say(f"epoch {number}, step {step}/{steps}, loss {mean:.3f}, {minutes:.0f} min")
        keep()


def _batches(lessons: Sequence[Lesson], rng: random.Random) -> Iterator[list[Lesson]]:
    order = list(lessons)
    rng.shuffle(order)
    size = _POOL * BATCH
    for start in range(0, len(order), size):
        pool = sorted(order[start : start + size], key=lambda lesson: len(lesson.states))
        batches = [pool[n : n + BATCH] for n in range(0, len(pool), BATCH)]
        rng.shuffle(batches)
        yield from batches


def _collate(lessons: Sequence[Lesson], device: torch.device) -> _Batch:
    longest = max(len(lesson.states) for lesson in lessons)
    states = np.zeros((len(lessons), longest, lessons[0].states.shape[1]), np.float32)
    mask = np.zeros((len(lessons), longest), np.bool_)
    allowed = np.zeros_like(mask)
    for row, lesson in enumerate(lessons):
        tokens = len(lesson.states)
        states[row, :tokens] = lesson.states
        mask[row, :tokens] = True
        allowed[row, lesson.text_at : tokens - 1] = True
    allowed[:, 0] = True
    return _Batch(
        torch.from_numpy(states).to(device),
        torch.from_numpy(mask).to(device),
        torch.from_numpy(allowed).to(device),
        torch.tensor([lesson.start for lesson in lessons], device=device),
        torch.tensor([lesson.end for lesson in lessons], device=device),
    )


def _loss(model: SpanModel, batch: _Batch) -> torch.Tensor:
    scores = model(batch.states, batch.mask, batch.allowed)
    starts = nn.functional.cross_entropy(scores[:, :, 0], batch.starts)
    ends = nn.functional.cross_entropy(scores[:, :, 1], batch.ends)
    return (starts + ends) / 2

"""What was found is kept for as long as it holds, in bounds, and looked for once."""

import asyncio
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from world.credentials import NOON

from service.memory import Lasting, Memory

MINUTE = timedelta(minutes=1)


def lasting(value: str, weight: int = 1) -> Lasting[str]:
    return Lasting(value, NOON, NOON + MINUTE, weight)


class Search:
    """Finds the same each time, and counts how often it was asked to."""

    def __init__(self, found: Lasting[str] | Exception) -> None:
        self.found = found
        self.times = 0
        self.may_end = asyncio.Event()
        self.may_end.set()

    async def __call__(self) -> Lasting[str]:
        self.times += 1
        await self.may_end.wait()
        if isinstance(self.found, Exception):
            raise self.found
        return self.found


def test_what_holds_is_not_looked_for_again() -> None:
    async def scene() -> None:
        memory: Memory[str, str] = Memory(8, 100)
        search = Search(lasting("found"))
        for moment in (NOON, NOON + MINUTE / 2):
            assert await memory.find("key", moment, search) == "found"
        assert search.times == 1
        await memory.find("key", NOON + MINUTE, search)
        assert search.times == 2

    asyncio.run(scene())


def test_an_answer_does_not_hold_before_it_was_found() -> None:
    memory: Memory[str, str] = Memory(8, 100)
    memory.keep("key", lasting("found"))
    assert memory.recall("key", NOON - MINUTE) is None
    assert memory.recall("key", NOON) == "found"


def test_what_does_not_last_is_not_kept_and_drives_out_what_was() -> None:
    memory: Memory[str, str] = Memory(8, 100)
    memory.keep("key", lasting("found"))
    memory.keep("key", Lasting("fleeting"))
    assert memory.recall("key", NOON) is None
    assert len(memory) == 0


def test_whoever_asks_for_it_anew_gets_it_anew_and_leaves_it_for_others() -> None:
    async def scene() -> None:
        memory: Memory[str, str] = Memory(8, 100)
        await memory.find("key", NOON, Search(lasting("old")))
        assert await memory.find("key", NOON, Search(lasting("new")), anew=True) == "new"
        assert memory.recall("key", NOON) == "new"

    asyncio.run(scene())


def test_many_who_wait_for_one_answer_look_for_it_once() -> None:
    async def scene() -> None:
        memory: Memory[str, str] = Memory(8, 100)
        search = Search(Lasting("fleeting"))
        search.may_end.clear()
        waiting = [asyncio.ensure_future(memory.find("key", NOON, search)) for _ in range(50)]
        await asyncio.sleep(0)
        search.may_end.set()
        assert await asyncio.gather(*waiting) == ["fleeting"] * 50
        assert search.times == 1

    asyncio.run(scene())


def test_what_was_found_so_because_of_who_asked_is_searched_for_again_by_others() -> None:
    async def scene() -> None:
        memory: Memory[str, str] = Memory(8, 100)
        poor, rich = Search(Lasting("too much for me", is_own=True)), Search(lasting("found"))
        poor.may_end.clear()
        first = asyncio.ensure_future(memory.find("key", NOON, poor))
        await asyncio.sleep(0)
        second = asyncio.ensure_future(memory.find("key", NOON, rich))
        await asyncio.sleep(0)
        poor.may_end.set()
        assert await asyncio.gather(first, second) == ["too much for me", "found"]
        assert memory.recall("key", NOON) == "found"

    asyncio.run(scene())


def test_who_stops_waiting_does_not_stop_the_others() -> None:
    async def scene() -> None:
        memory: Memory[str, str] = Memory(8, 100)
        search = Search(lasting("found"))
        search.may_end.clear()
        first = asyncio.ensure_future(memory.find("key", NOON, search))
        second = asyncio.ensure_future(memory.find("key", NOON, search))
        await asyncio.sleep(0)
        first.cancel()
        await asyncio.sleep(0)
        search.may_end.set()
        assert await second == "found"
        assert search.times == 1

    asyncio.run(scene())


def test_a_search_that_was_given_up_is_taken_up_by_who_still_waits() -> None:
    async def scene() -> None:
        memory: Memory[str, str] = Memory(8, 100)
        never = asyncio.ensure_future(asyncio.sleep(60))

        async def given_up() -> Lasting[str]:
            await never
            return lasting("never")

        first = asyncio.ensure_future(memory.find("key", NOON, given_up))
        await asyncio.sleep(0)
        second = asyncio.ensure_future(memory.find("key", NOON, Search(lasting("found"))))
        await asyncio.sleep(0)
        never.cancel()
        assert await second == "found"
        with pytest.raises(asyncio.CancelledError):
            await first

    asyncio.run(scene())


def test_a_search_that_fails_fails_for_all_who_wait_and_is_tried_again() -> None:
    async def scene() -> None:
        memory: Memory[str, str] = Memory(8, 100)
        search = Search(ValueError("broken"))
        for times in (1, 2):
            with pytest.raises(ValueError, match="broken"):
                await memory.find("key", NOON, search)
            await asyncio.sleep(0)
            assert search.times == times

    asyncio.run(scene())


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 60))))
def test_it_never_holds_more_than_its_bounds(kept: list[tuple[int, int]]) -> None:
    memory: Memory[int, str] = Memory(4, 100)
    weights: dict[int, int] = {}
    for key, weight in kept:
        memory.keep(key, lasting("found", weight))
        weights[key] = weight
    known = [key for key in weights if memory.recall(key, NOON) is not None]
    assert len(known) == len(memory) <= 4
    assert sum(weights[key] for key in known) <= 100
    if kept:
        assert kept[-1][0] in known


def test_what_outweighs_the_whole_memory_drives_nothing_out() -> None:
    memory: Memory[str, str] = Memory(4, 100)
    memory.keep("small", lasting("found", 10))
    memory.keep("huge", lasting("found", 101))
    assert memory.recall("small", NOON) == "found"
    assert memory.recall("huge", NOON) is None


def test_what_was_not_asked_for_longest_is_forgotten_first() -> None:
    memory: Memory[str, str] = Memory(2, 100)
    memory.keep("a", lasting("found"))
    memory.keep("b", lasting("found"))
    memory.recall("a", NOON)
    memory.keep("c", lasting("found"))
    assert [memory.recall(key, NOON) for key in "abc"] == ["found", None, "found"]

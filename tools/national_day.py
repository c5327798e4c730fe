#!/usr/bin/env python3
"""A day on which a country moves: 1,741 cities, one core, and how long what waits for it becomes. Reckoned, not run.

    national_day.py ASKER PROVIDER NETWORK LOOK [MOVES [SEED]]

The first four are measured: processor microseconds of one inquiry in the asking server, in the answering one and in the network
(inquiry.*.cpu of tools/linkage_bench.py), and of one look into an empty box in the network (idle.network.cpu of
tools/organisations_cost.py). MOVES (default 200,000, those of March) all fall on one day, worse than any. Each is one inquiry, at a moment
of office hours by a profile that is highest at eleven and at two, from and to a city drawn by size (the n-th by 1/n). An inquiry comes
to the network three times (asked, passed on, answered), a third of its cost each; a server looks into its box every so many seconds
(PAUSES), and an answer takes four such pauses, each of chance, and what it waits at the network. Looks come first: nobody waits to look.
SPDX-License-Identifier: Apache-2.0
"""
import itertools
import random
import sys

CITIES, PARTS, WAITS = 1741, 3, 4
OPENS, CLOSES, DAY = 8.5, 17.25, 24 * 3600
# How much of a day's moves comes in each half hour from the opening on.
PROFILE = [2, 4, 6, 8, 8, 7, 5, 4, 4, 6, 8, 9, 9, 8, 6, 4, 2, 0.5]
PAUSES, CORES = (1, 5, 30), (1, 2, 4, 8)


def wishes(moves, chance):
    """How many are begun in each second of the day."""
    second = [0] * DAY
    for slot in chance.choices(range(len(PROFILE)), PROFILE, k=moves):
        hour = OPENS + (slot + chance.random()) / len(PROFILE) * (CLOSES - OPENS)
        second[int(hour * 3600)] += 1
    return second


def greatest(moves, chance):
    """Inquiries of the greatest city on that day: asked, and answered."""
    sizes = list(itertools.accumulate(1 / (n + 1) for n in range(CITIES)))
    return [chance.choices(range(CITIES), cum_weights=sizes, k=moves).count(0) for _ in range(2)]


def lived(second, part, able, pause, chance):
    """Parts that waited at most, and how long answers took, ascending."""
    come, waiting, most, took = [0] * (DAY + 2 * pause + 1), 0.0, 0.0, []
    for at, begun in enumerate(second):
        for later in range(PARTS):
            come[at + later * pause] += begun
        waiting = max(0.0, waiting + come[at] * part - able)
        most = max(most, waiting / part)
        took += [PARTS * waiting / able + pause * sum(chance.random() for _ in range(WAITS)) for _ in range(begun)]
    return most, sorted(took)


def main():
    asker, provider, network, look = map(float, sys.argv[1:5])
    moves, seed = int((sys.argv + ["200000"])[5]), int((sys.argv + ["", "1"])[6] or 1)
    chance = random.Random(seed)
    second = wishes(moves, chance)
    peak = max(sum(second[i:i + 60]) / 60 for i in range(0, DAY, 60))
    asked, answered = greatest(moves, chance)
    print(f"seed {seed}: {moves} inquiries of {CITIES} cities; {peak:.1f} a second in the busiest minute")
    print(f"the greatest city asks {asked} and answers {answered}: {(asked * asker + answered * provider) / 1e6:.0f} s of processor on the day")
    print(f"at the peak {peak * (asker + provider) / 1e6:.3f} cores in all servers, {peak * network / 1e6:.3f} in the network")
    for pause in PAUSES:
        looks = CITIES * look / pause
        print(f"a look every {pause} s: {looks / 1e6:.2f} cores of the network for looks alone")
        for cores in CORES:
            able = 1e6 * cores - looks
            if able <= 0:
                continue
            most, took = lived(second, network / PARTS, able, pause, chance)
            print(f"  {cores} cores: {most:.0f} waited at most; an answer took {took[len(took) // 2]:.1f} s, of a hundred one {took[len(took) * 99 // 100]:.1f} s")
            break


main()

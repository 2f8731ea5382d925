"""Moments at which dates are easily taken wrongly, and times that pass."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

NOON = datetime(2026, 3, 10, 12)
ZONES = ("UTC", "America/New_York", "Asia/Tokyo")
# Midnights of these days, and of the day after the as-of day, count.
DAYS = (
    date(2026, 3, 10),
    date(2026, 4, 1),
    date(2026, 3, 1),
    date(2026, 3, 8),  # 23 hours long in New York
    date(2026, 3, 9),
    date(2026, 2, 1),
    date(2026, 1, 1),
    date(2025, 11, 2),  # 25 hours long in New York
    date(2025, 11, 3),
)
NEARBY = (
    timedelta(0),
    timedelta(seconds=-1),
    timedelta(microseconds=-1),
    timedelta(hours=1),
    timedelta(minutes=-30),
    timedelta(hours=2),
    timedelta(hours=2, seconds=-1),
)
LATER = (
    timedelta(0),
    timedelta(days=1),
    timedelta(hours=3),
    timedelta(days=6),
    timedelta(days=25),
    timedelta(days=45),
)


def midnight(day: date, zone: str) -> datetime:
    """Naive UTC timestamp of the day's beginning in a time zone."""
    local = datetime.combine(day, time(), ZoneInfo(zone))
    return local.astimezone(UTC).replace(tzinfo=None)


def moments(as_of: date) -> st.SearchStrategy[datetime]:
    """Naive UTC timestamps, near noon or midnights, some after the as-of day."""
    near_midnight = st.builds(
        lambda day, zone, gap: midnight(day, zone) + gap,
        st.sampled_from((*DAYS, *[as_of + timedelta(days=1)] * 3)),
        st.sampled_from(ZONES),
        st.sampled_from(NEARBY),
    )
    plain = st.integers(0, 40).map(lambda days: NOON + timedelta(days=days - 20))
    return st.one_of(st.just(NOON), plain, near_midnight, near_midnight)


def later(moment: datetime | None) -> st.SearchStrategy[datetime | None]:
    """Moments at or after another; none where that is none."""
    if moment is None:
        return st.none()
    return st.sampled_from(LATER).map(lambda gap: moment + gap)


def around(moment: datetime | None) -> st.SearchStrategy[datetime | None]:
    """Moments before, at or after another; none where that is none."""
    if moment is None:
        return st.none()
    gaps = (*LATER, -LATER[1], -LATER[2], -LATER[4], timedelta(microseconds=-1))
    return st.sampled_from(gaps).map(lambda gap: moment + gap)

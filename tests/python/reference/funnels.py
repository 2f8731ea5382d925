"""On which days people came, signed up, paid and did what else is a step."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from reference import time
from reference.identity import Call, Identity
from reference.journeys import Person
from reference.lifetime_value import acquisition_month, month_number
from reference.rows import Settings

Fact = dict[str, Any]


def acquisition_funnel_daily(
    people: Iterable[Person], settings: Settings
) -> Iterator[Fact]:
    """Rows of acquisition_funnel_daily."""
    counts: dict[tuple[date, str], Counter[str]] = defaultdict(Counter)
    for person in people:
        for column, moment in (
            ("visitor_count", person.first_touch_at),
            ("sign_up_count", person.signed_up_at),
            ("first_payment_count", person.first_charge_at),
        ):
            if moment:
                counts[settings.date_of(moment), person.channel][column] += 1
    for (day, channel), count in counts.items():
        yield {
            "channel": channel,
            "visitor_count": count["visitor_count"],
            "sign_up_count": count["sign_up_count"],
            "first_payment_count": count["first_payment_count"],
            **time.calendar_columns(day),
        }


def first_calls(calls: Iterable[Call], identity: Identity) -> dict[str, datetime]:
    """When each person made the first of these calls, by person_id."""
    found: dict[str, datetime] = {}
    for call in calls:
        user_id = identity.user_of_call(call)
        if call.occurred_at and (user_id or call.anonymous_id):
            person = f"user:{user_id}" if user_id else f"device:{call.anonymous_id}"
            found[person] = min(found.get(person, call.occurred_at), call.occurred_at)
    return found


def acquisition_steps_daily(
    people: Mapping[str, Person],
    steps: Mapping[str, Iterable[Call]],
    identity: Identity,
    settings: Settings,
) -> Iterator[Fact]:
    """Rows of acquisition_steps_daily; steps: the calls of those that are events."""
    reached = {
        "visit": {name: person.first_touch_at for name, person in people.items()},
        "sign_up": {name: person.signed_up_at for name, person in people.items()},
        "first_payment": {
            name: person.first_charge_at for name, person in people.items()
        },
        **{event: first_calls(calls, identity) for event, calls in steps.items()},
    }
    for number, step in enumerate(settings.funnel_steps, start=1):
        counts: Counter[tuple] = Counter()
        for name, moment in reached.get(step, {}).items():
            if moment and name in people:
                person = people[name]
                month = acquisition_month(person, settings)
                counts[settings.date_of(moment), person.channel, month] += 1
        for (day, channel, month), count in counts.items():
            calendar = time.calendar_columns(day)
            since = None
            if month:
                since = month_number(day) - month_number(month)
            yield {
                "step": step,
                "step_number": number,
                "channel": channel,
                "person_count": count,
                "months_since_acquisition": since,
                "acquisition_month": month,
                **calendar,
            }

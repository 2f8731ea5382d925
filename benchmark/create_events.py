"""Create many events over many devices straight in DuckDB, and customers who pay.

Deterministic: every value comes from a row's number. Ten calls to a device; a quarter
of the devices log in, a fifth of the users pay. Seven calls in ten are pages.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import duckdb

CALLS = """
    select
        md5('{kind}' || i) as id,
        occurred_at + interval 2 second as received_at,
        occurred_at as sent_at,
        occurred_at as "timestamp",
        occurred_at as original_timestamp,
        md5('device' || device) as anonymous_id,
        case when device % 4 = 0 and hash(i) % 3 = 0 then 'u_' || device // 4 end
            as user_id,
        case when has_campaign then source[1 + device % 3] end
            as context_campaign_source,
        case when has_campaign then medium[1 + device % 3] end
            as context_campaign_medium,
        case when has_campaign then 'campaign ' || device % 5 end
            as context_campaign_name,
        case
            when hash(i + 3) % 4 = 0 then 'https://www.google.com/'
            else 'https://sample.example.com/'
        end as context_page_referrer,
        'https://sample.example.com/pricing?x=' || i % 100 as context_page_url,
        '/pricing' as context_page_path,
        '10.0.0.' || i % 250 as context_ip,
        'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15'
            as context_user_agent
    from (
        select
            i,
            cast(hash(i) % {devices} as bigint) as device,
            hash(i + 7) % 10 = 0 as has_campaign,
            ['google', 'facebook', 'newsletter'] as source,
            ['cpc', 'paid_social', 'email'] as medium,
            timestamp '2025-01-01'
            + to_microseconds(cast(hash(i * 31) % 56000000 as bigint) * 1000000)
                as occurred_at
        from range({first}, {last}) as numbers(i)
    )
"""
PAGES = """
    select
        *,
        context_page_referrer as referrer,
        context_page_url as url,
        context_page_path as path,
        'Pricing' as name
    from ({calls})
"""
TRACKS = "select *, 'clicked' as event, 'Clicked' as event_text from ({calls})"
IDENTIFIES = """
    select *, user_id || '@example.com' as email, 'A name' as name from ({calls})
"""
USERS = """
    select
        'u_' || i as id,
        'u_' || i || '@example.com' as email,
        timestamp '2025-02-01' + to_hours(i % 10000) as created_at
    from range({devices} // 4) as numbers(i)
"""
CUSTOMERS = """
    select
        'cus_' || i as id,
        'u_' || 5 * i || '@example.com' as email,
        'usd' as currency,
        timestamp '2025-03-01' + to_hours(i % 10000) as created
    from range({devices} // 20) as numbers(i)
"""
CHARGES = """
    select
        'ch_' || i as id,
        'cus_' || i // 4 as customer_id,
        1000 + i % 9000 as amount,
        'usd' as currency,
        'succeeded' as status,
        true as captured,
        true as paid,
        'txn_' || i as balance_transaction_id,
        timestamp '2025-03-02' + to_hours(i % 10000 + 720 * (i % 4)) as created
    from range({devices} // 5) as numbers(i)
"""
BALANCE_TRANSACTIONS = """
    select
        balance_transaction_id as id,
        id as source,
        'charge' as type,
        amount,
        amount // 30 as fee,
        amount - amount // 30 as net,
        currency,
        created
    from stripe.charges
"""


def create_events(database: Path, events: int, settings: dict[str, str]) -> None:
    """Schemas website and stripe in a new file, a tenth as many devices as events."""
    database.unlink(missing_ok=True)
    devices = max(events // 10, 20)
    pages, tracks = events * 7 // 10, events * 93 // 100
    ranges = {
        "pages": (PAGES, 0, pages),
        "tracks": (TRACKS, pages, tracks),
        "identifies": (IDENTIFIES, tracks, events),
    }
    queries = {
        f"website.{kind}": query.format(
            calls=CALLS.format(kind=kind, devices=devices, first=first, last=last)
        )
        for kind, (query, first, last) in ranges.items()
    }
    queries |= {
        "website.users": USERS.format(devices=devices),
        "stripe.customers": CUSTOMERS.format(devices=devices),
        "stripe.charges": CHARGES.format(devices=devices),
        "stripe.balance_transactions": BALANCE_TRANSACTIONS,
    }
    with duckdb.connect(str(database)) as connection:
        for name, value in settings.items():
            connection.execute(f"set {name} = '{value}'")
        connection.execute("create schema website; create schema stripe")
        for table, query in queries.items():
            connection.execute(f"create table {table} as {query}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", type=Path, required=True)
    parser.add_argument("--events", type=int, required=True)
    parser.add_argument("--settings", type=json.loads, default={})
    given = parser.parse_args()
    create_events(given.database, given.events, given.settings)


if __name__ == "__main__":
    main()

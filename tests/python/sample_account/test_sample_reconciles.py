"""Every object agrees with every other: each query lists what contradicts."""

from __future__ import annotations

import pytest

CHECKS = {
    "net is amount less fee": """
        select id from stripe.balance_transactions where net <> amount - fee
    """,
    "fee is the sum of its details": """
        select b.id
        from stripe.balance_transactions b
        left join (
            select balance_transaction_id, sum(amount) amount
            from stripe.balance_transaction_fee_details group by all
        ) d on d.balance_transaction_id = b.id
        where coalesce(d.amount, 0) <> b.fee
    """,
    "fee details have their movement's currency": """
        select d.id
        from stripe.balance_transaction_fee_details d
        join stripe.balance_transactions b on b.id = d.balance_transaction_id
        where d.currency <> b.currency
    """,
    "lines sum to the subtotal": """
        select i.id
        from stripe.invoices i
        left join (
            select invoice_id, sum(amount) amount
            from stripe.invoice_lines group by all
        ) l on l.invoice_id = i.id
        where coalesce(l.amount, 0) <> i.subtotal
    """,
    "subtotal less discount plus tax is the total": """
        select i.id
        from stripe.invoices i
        join truth.invoices t on t.invoice_id = i.id
        where i.subtotal - t.discount + coalesce(i.tax, 0) <> i.total
            or t.discount < 0
    """,
    "due is what the balance leaves of the total": """
        select id, total, starting_balance, amount_due, ending_balance
        from stripe.invoices
        where status <> 'draft'
            and (
                total + starting_balance <> amount_due + ending_balance
                or amount_due < 0
                or (amount_due > 0 and ending_balance <> 0)
            )
    """,
    "balances follow each other": """
        with chained as (
            select
                i.customer_id, i.starting_balance, i.ending_balance,
                lag(i.ending_balance, 1, 0) over (
                    partition by i.customer_id order by t.finalized_at, i.id
                ) as previous,
                row_number() over (
                    partition by i.customer_id order by t.finalized_at, i.id
                ) as turn
            from stripe.invoices i
            join truth.invoices t on t.invoice_id = i.id
            where i.status <> 'draft'
        )
        select customer_id, count(*)
        from chained
        where starting_balance <> previous
        group by customer_id
        -- a credit by hand changes it once
        having count(*) > 1
    """,
    "paid invoices have a charge, or nothing due, or were paid elsewhere": """
        select i.id
        from stripe.invoices i
        join truth.invoices t on t.invoice_id = i.id
        left join stripe.charges c
            on c.invoice_id = i.id and c.status = 'succeeded'
        where (i.status = 'paid') <> i.paid
            or (i.paid and c.id is null and i.amount_due > 0
                and not t.is_paid_out_of_band)
            or (not i.paid and c.id is not null)
    """,
    "charges of an invoice ask for what is due": """
        select c.id
        from stripe.charges c
        join stripe.invoices i on i.id = c.invoice_id
        where c.amount <> i.amount_due
            or c.currency <> i.currency
            or c.customer_id <> i.customer_id
            or c.created < i.created
    """,
    "an invoice succeeds once": """
        select invoice_id
        from stripe.charges
        where status = 'succeeded' and invoice_id is not null
        group by invoice_id having count(*) > 1
    """,
    "invoices count their charges": """
        select i.id
        from stripe.invoices i
        left join stripe.charges c on c.invoice_id = i.id
        group by i.id, i.attempt_count
        having count(c.id) <> i.attempt_count
    """,
    "charges ask for what their intent asks for": """
        select c.id
        from stripe.charges c
        join stripe.payment_intents p on p.id = c.payment_intent_id
        where c.amount <> p.amount or c.currency <> p.currency
            or c.invoice_id is distinct from p.invoice_id
            or c.customer_id is distinct from p.customer_id
            or c.livemode <> p.livemode
            or c.created < p.created
    """,
    "intents received what was captured": """
        select p.id
        from stripe.payment_intents p
        left join stripe.charges c
            on c.payment_intent_id = p.id and c.status = 'succeeded'
        left join truth.charges t on t.charge_id = c.id
        group by p.id, p.amount_received, p.status
        having coalesce(sum(case when c.captured then t.captured_amount end), 0)
                <> p.amount_received
            or count(c.id) > 1
            or (p.status = 'succeeded') <> (p.amount_received > 0)
            or (p.status = 'requires_capture' and count(c.id) = 0)
    """,
    "succeeded and captured charges have a movement of their amount": """
        select c.id
        from stripe.charges c
        left join stripe.balance_transactions b on b.id = c.balance_transaction_id
        where c.livemode and c.status = 'succeeded' and c.captured
            and (
                b.id is null or b.source <> c.id
                or (b.currency = c.currency and b.amount <> c.amount)
                or b.type not in ('charge', 'payment')
            )
    """,
    "what was not captured moved no money": """
        select c.id
        from stripe.charges c
        join stripe.balance_transactions b on b.source = c.id
        where not c.captured or not c.livemode
    """,
    "each charge is credited once": """
        select source
        from stripe.balance_transactions
        where type in ('charge', 'payment')
        group by source having count(*) > 1
    """,
    "captured amounts are what movements in the same currency leave": """
        select c.id
        from stripe.charges c
        join truth.charges t on t.charge_id = c.id
        join stripe.balance_transactions b on b.id = c.balance_transaction_id
        left join stripe.refunds r on r.charge_id = c.id
        left join stripe.balance_transactions release
            on release.id = r.balance_transaction_id
            and release.description = 'Partial capture reversal'
        where b.currency = c.currency and c.status = 'succeeded'
        group by c.id, b.amount, t.captured_amount
        having b.amount + coalesce(sum(release.amount), 0) <> t.captured_amount
    """,
    "refunds never exceed captures": """
        select c.charge_id
        from truth.charges c
        join truth.refunds r on r.charge_id = c.charge_id
        where r.kind = 'refund' and not r.is_failed
        group by c.charge_id, c.captured_amount
        having sum(r.amount) > c.captured_amount
    """,
    "amount_refunded is the sum of refunds that did not fail": """
        with failures as (
            select source from stripe.balance_transactions
            where type = 'refund_failure'
        ),
        sums as (
            select r.charge_id, sum(r.amount) amount
            from stripe.refunds r
            anti join failures f on f.source = r.id
            group by all
        )
        select c.id
        from stripe.charges c
        left join sums s on s.charge_id = c.id
        where coalesce(s.amount, 0) <> c.amount_refunded
            or c.refunded <> (c.amount_refunded = c.amount)
    """,
    "a release is the earliest refund of its charge": """
        select r.charge_id
        from truth.refunds r
        join truth.refunds l
            on l.charge_id = r.charge_id and l.kind <> 'refund'
        where r.kind = 'refund' and r.created <= l.created
    """,
    "refunds move what they return": """
        select r.id
        from stripe.refunds r
        join stripe.charges c on c.id = r.charge_id
        left join stripe.balance_transactions b on b.id = r.balance_transaction_id
        where case
            when not c.livemode or not c.captured then b.id is not null
            when b.currency = r.currency then -b.amount <> r.amount
            else b.id is null or b.amount >= 0
        end
        or r.currency <> c.currency
    """,
    "failed refunds bring their money back": """
        select f.id
        from stripe.balance_transactions f
        join stripe.refunds r on r.id = f.source
        join stripe.balance_transactions b on b.id = r.balance_transaction_id
        where f.type = 'refund_failure'
            and (f.amount <> -b.amount or f.created <= b.created)
    """,
    "failed refunds are those of the truth": """
        select coalesce(t.refund_id, f.source)
        from (select refund_id from truth.refunds
              -- heard of by the last sync of the day
              where failed_at < (select max(received_at)::date + interval 21 hour
                                 from stripe.charges)) t
        full join (select source from stripe.balance_transactions
                   where type = 'refund_failure') f on f.source = t.refund_id
        where t.refund_id is null or f.source is null
    """,
    "disputes move the disputed amount and a fee": """
        with moved as (
            select source, sum(amount) amount, sum(fee) fee, count(*) moves,
                any_value(currency) currency
            from stripe.balance_transactions
            where type = 'adjustment' group by all
        )
        select d.id
        from stripe.disputes d
        left join moved m on m.source = d.id
        where case
            when d.status like 'warning%' then m.source is not null
            when d.status = 'won' then m.amount <> 0 or m.fee <> 0 or m.moves <> 2
            else m.moves <> 1 or m.fee <= 0
                or (m.currency = d.currency and m.amount <> -d.amount)
        end
    """,
    "disputes stay within the charge and apart from refunds": """
        select d.charge_id
        from stripe.disputes d
        join stripe.charges c on c.id = d.charge_id
        group by d.charge_id, c.amount, c.amount_refunded, c.status
        having sum(d.amount) > c.amount - c.amount_refunded
            or c.status <> 'succeeded'
    """,
    "descriptions of adjustments name the charge": """
        select b.id
        from stripe.balance_transactions b
        join stripe.disputes d on d.id = b.source
        where b.description not in (
            'Chargeback withdrawal for ' || d.charge_id,
            'Chargeback reversal for ' || d.charge_id
        )
    """,
    "transfers, fees and what comes back of them add up": """
        select f.id
        from stripe.application_fees f
        join stripe.charges c on c.id = f.charge_id
        join stripe.transfers t on t.id = f.transfer_id
        left join stripe.application_fee_refunds r on r.fee_id = f.id
        group by f.id, f.amount, f.amount_refunded, c.application_fee, c.amount,
            t.amount
        having f.amount <> c.application_fee or t.amount <> c.amount
            or coalesce(sum(r.amount), 0) <> f.amount_refunded
    """,
    "reversals add up": """
        select t.id
        from stripe.transfers t
        left join stripe.transfer_reversals r on r.transfer_id = t.id
        group by t.id, t.amount, t.amount_reversed, t.reversed
        having coalesce(sum(r.amount), 0) <> t.amount_reversed
            or t.reversed <> (t.amount_reversed = t.amount)
    """,
    "a payout takes all that is available": """
        select p.id
        from stripe.balance_transactions p
        join (
            select currency, available, created, net, type
            from stripe.balance_transactions
        ) b on b.currency = p.currency
            and date_trunc('day', b.available) < date_trunc('day', p.created)
            and b.created < p.created
        where p.type = 'payout'
        group by p.id, p.amount
        having sum(b.net) <> -p.amount
    """,
    "movements become available in order": """
        select id from stripe.balance_transactions where available < created
    """,
    "failed charges say why, others do not": """
        select id from stripe.charges
        where (status = 'failed') <> (failure_code is not null)
            or paid <> (status = 'succeeded')
    """,
    "customers owe or hold what their last invoice left": """
        with chained as (
            select
                i.customer_id, i.ending_balance,
                i.starting_balance <> lag(i.ending_balance, 1, 0) over (
                    partition by i.customer_id order by t.finalized_at, i.id
                ) as is_changed,
                row_number() over (
                    partition by i.customer_id order by t.finalized_at desc, i.id desc
                ) as turn
            from stripe.invoices i
            join truth.invoices t on t.invoice_id = i.id
            where i.status <> 'draft'
        )
        select c.id
        from stripe.customers c
        join chained l on l.customer_id = c.id
        group by c.id, c.balance
        having c.balance <> sum(case when l.turn = 1 then l.ending_balance end)
            -- one credit by hand may still wait for its invoice
            and bool_or(l.is_changed)
    """,
    "delinquent customers have an invoice in trouble": """
        select c.id
        from stripe.customers c
        where c.delinquent and c.id not in (
            select customer_id from stripe.invoices
            where status in ('open', 'void')
                and (attempt_count > 0 or due_date is not null)
            union
            -- not the last word on another invoice
            select customer_id from stripe.charges
            where invoice_id is not null and status = 'failed'
        )
    """,
    "deleted customers are quiet": """
        select c.id
        from stripe.customers c
        join stripe.charges h on h.customer_id = c.id
        where c.is_deleted
        group by c.id, c.received_at
        having max(h.created) > c.received_at
    """,
    "active subscriptions have a period that holds": """
        select id
        from stripe.subscriptions
        where status in ('active', 'past_due', 'trialing')
            and (current_period_end <= current_period_start or ended_at is not null)
    """,
    "trialing ones are in trial, canceled ones have ended": """
        select id
        from stripe.subscriptions
        where (status = 'trialing' and (trial_end is null or canceled_at > trial_end))
            or (status = 'canceled') <> coalesce(
                ended_at is not null and status <> 'incomplete_expired', false)
            or (cancel_at_period_end and canceled_at is null)
    """,
    "a sound subscription owes nothing, a past due one does": """
        select s.id, s.status
        from stripe.subscriptions s
        left join (
            select subscription_id, count(*) troubled
            from stripe.invoices
            where status in ('open', 'uncollectible', 'void')
                and (attempt_count > 0 or due_date is not null)
            group by all
        ) i on i.subscription_id = s.id
        where s.status in ('past_due', 'unpaid', 'incomplete_expired')
            and i.troubled is null
    """,
    "a running subscription is invoiced for its current period": """
        select s.id
        from stripe.subscriptions s
        left join stripe.invoice_lines l
            on l.subscription_id = s.id
            and not l.proration
            and s.current_period_start in (l.period_start, l.period_end)
        where s.status in ('active', 'past_due', 'trialing')
        group by s.id
        having count(l.id) = 0
    """,
    "lines cost what their plan says": """
        select l.id
        from stripe.invoice_lines l
        join stripe.plans p on p.id = l.plan_id
        where l.type = 'subscription' and l.amount <> 0 and p.amount is not null
            and l.amount <> p.amount * l.quantity
    """,
    "subscriptions with one item repeat it": """
        select s.id
        from stripe.subscriptions s
        join stripe.subscription_items i on i.subscription_id = s.id
        where s.plan_id is not null and coalesce(i.quantity, 1) > 0
        group by s.id, s.plan_id, s.quantity
        having count(*) <> 1 or any_value(i.plan_id) <> s.plan_id
            or any_value(i.quantity) <> s.quantity
    """,
    "one payment is one intent, else invoice, else charge": """
        select charge_id from truth.charges t
        join stripe.charges c on c.id = t.charge_id
        where t.payment_key
            <> coalesce(c.payment_intent_id, c.invoice_id, c.id)
    """,
}


@pytest.mark.parametrize("name", CHECKS)
def test_nothing_contradicts(punctual, name):
    found = punctual.execute(CHECKS[name]).fetchmany(5)
    assert not found, f"{name}: {found}"

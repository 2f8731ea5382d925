"""Tables and columns that are missing, or of a type that holds something else."""

from __future__ import annotations

from faults.records import ShapeFault

SHAPE_FAULTS = (
    ShapeFault(
        "the amounts of charges are missing",
        ("alter table stripe.charges drop column amount",),
        "stg_stripe__charges",
        stopped_by="stripe.charges has no column amount",
    ),
    ShapeFault(
        "amounts of charges delivered as text",
        ("alter table stripe.charges alter column amount type varchar",),
        "stg_stripe__charges",
        stopped_by="stripe.charges.amount has type",
    ),
    ShapeFault(
        "creation of charges delivered as text",
        ("alter table stripe.charges alter column created type varchar",),
        "stg_stripe__charges",
        stopped_by="stripe.charges.created has type",
    ),
    ShapeFault(
        "the currency of invoices is missing",
        ("alter table stripe.invoices drop column currency",),
        "stg_stripe__invoices",
        stopped_by="stripe.invoices has no column currency",
    ),
    ShapeFault(
        "no refunds table",
        ("drop table stripe.refunds",),
        "fct_refunds",
        holds=("select count(*) > 0 from analytics.fct_refunds where is_inferred",),
    ),
    ShapeFault(
        "no balance transactions table",
        ("drop table stripe.balance_transactions",),
        "fct_charges",
        holds=(
            "select count(*) > 0 from analytics.fct_charges",
            "select count(*) = 0 from analytics.fct_charges "
            "where net_volume_amount is not null",
        ),
    ),
    ShapeFault(
        "no invoices table",
        ("drop table stripe.invoices",),
        "fct_invoices",
        holds=("select count(*) = 0 from analytics.fct_invoices",),
    ),
    ShapeFault(
        "captured is missing",
        ("alter table stripe.charges drop column captured",),
        "int_payments__charges_captured",
        holds=(
            "select count(*) = 0 from analytics_intermediate."
            "int_payments__charges_captured where not is_captured",
        ),
    ),
)

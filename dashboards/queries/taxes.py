"""SQL of the tax that invoices ask for, by rate."""

from __future__ import annotations

from dashboards.address.scope import Scope
from dashboards.warehouse import Statement

MART = "fct_invoice_taxes"


def by_rate(scope: Scope) -> Statement:
    """A row for each rate of invoices of the days, and one of what is unknown, the most
    tax first."""
    condition, values = scope.within("reporting_date")
    rate = "tax_rate_id, display_name, jurisdiction, country, percentage, is_inclusive"
    sql = f"""
select
    currency,
    {rate},
    count(*) as invoice_count,
    sum(taxable_amount) as taxable_amount,
    sum(tax_amount) as tax_amount
from {MART}
where {condition}
group by currency, {rate}
order by tax_amount desc, tax_rate_id
"""
    return sql, values

"""The pages, in the order of the navigation: one file each."""

from __future__ import annotations

from dashboards.pages import (
    customer,
    executive_summary,
    explore,
    finance_operations,
    invoice,
    lifetime_value,
    revenue,
)
from dashboards.pages.page import Page

PAGES: tuple[Page, ...] = (
    executive_summary.PAGE,
    finance_operations.PAGE,
    customer.PAGE,
    invoice.PAGE,
    explore.PAGE,
    revenue.PAGE,
    lifetime_value.PAGE,
)

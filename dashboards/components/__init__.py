"""What pages are made of."""

from dashboards.components.cards import (
    card,
    chart_card,
    facts_card,
    figures_card,
    funnel_card,
    page_header,
    pill,
    ranked_card,
    share_card,
    sums_card,
)
from dashboards.components.cells import Cell, linked
from dashboards.components.charts import Series, as_rates, bars, lines
from dashboards.components.choosers import (
    account_choices,
    choice,
    choices,
    chooser,
    currency_choice,
    days_chooser,
    options,
    other_currencies,
    text_chooser,
)
from dashboards.components.defined import defined
from dashboards.components.heat import heat_table
from dashboards.components.icons import icon
from dashboards.components.states import (
    empty_state,
    error_state,
    loading_state,
    not_found_state,
    stale_notes,
)
from dashboards.components.tables import Column, table_card
from dashboards.components.tiles import Change, tile, tiles

__all__ = [
    "Cell",
    "Change",
    "Column",
    "Series",
    "account_choices",
    "as_rates",
    "bars",
    "card",
    "chart_card",
    "choice",
    "choices",
    "chooser",
    "currency_choice",
    "days_chooser",
    "defined",
    "empty_state",
    "error_state",
    "facts_card",
    "figures_card",
    "funnel_card",
    "heat_table",
    "icon",
    "lines",
    "linked",
    "loading_state",
    "not_found_state",
    "options",
    "other_currencies",
    "page_header",
    "pill",
    "ranked_card",
    "share_card",
    "stale_notes",
    "sums_card",
    "table_card",
    "text_chooser",
    "tile",
    "tiles",
]

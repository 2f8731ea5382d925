"""Which charge, refund and transfer a balance transaction is about, by ids alone."""

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from reference.rows import Row, Source, grouped


def refund_transaction(refund: Row) -> str | None:
    """Balance transaction that the refund names, by its new or its old column."""
    named = refund.get("balance_transaction_id")
    return refund.get("balance_transaction") if named is None else named


def smallest(ids: Iterable[str | None]) -> str | None:
    """Smallest id in byte order; none of nothing."""
    found = [key for key in ids if key is not None]
    return min(found, key=str.encode, default=None)


class Links:
    """What the sources and the names of balance transactions refer to."""

    def __init__(self, source: Source) -> None:
        self.source = source
        charges = [row for row in source.known_charges if row["created"]]
        self.charges = {row["id"]: row for row in charges}
        self.charges_naming = grouped(charges, "balance_transaction_id")
        self.charges_disputed = grouped(charges, "dispute_id")
        self.dispute_ids = source.disputes.keys() | {
            row.get("dispute_id") for row in source.charges.values()
        }
        self.refunds_naming: dict[str | None, list[Row]] = defaultdict(list)
        for row in source.refunds.values():
            self.refunds_naming[refund_transaction(row)].append(row)
        # Transfers by themselves and by what takes a part of them back.
        self.transfers = {name: name for name in source.transfers} | {
            name: row["transfer_id"]
            for name, row in source.transfer_reversals.items()
            if row.get("transfer_id") in source.transfers
        }
        self.transfers_naming = grouped(
            [*source.transfers.values(), *source.transfer_reversals.values()],
            "balance_transaction_id",
        )

    def charge_of_dispute(self, dispute_id: str) -> str | None:
        """The charge that a dispute names, else the one that names it."""
        dispute = self.source.disputes.get(dispute_id, {})
        own = dispute.get("charge_id")
        named_by = self.charges_disputed.get(dispute_id, [])
        return smallest(row["id"] for row in named_by) if own is None else own

    def charge_naming(self, row: Row) -> str | None:
        """The charge that names a balance transaction as its own."""
        return smallest(r["id"] for r in self.charges_naming.get(row["id"], []))

    def charge_of(self, row: Row) -> str | None:
        """The charge that a balance transaction is about."""
        origin, naming = row.get("source"), self.charge_naming(row)
        if naming is not None:
            return naming
        if origin in self.charges:
            return origin
        refund = self.source.refunds.get(origin, {})
        if refund.get("charge_id") is not None:
            return refund["charge_id"]
        refunds = self.refunds_naming.get(row["id"], [])
        of_refunds = smallest(r.get("charge_id") for r in refunds)
        if of_refunds is not None or origin is None:
            return of_refunds
        return self.charge_of_dispute(origin)

    def refund_of(self, row: Row) -> str | None:
        """The refund that is a balance transaction's source, else one that names it."""
        if row.get("source") in self.source.refunds:
            return row["source"]
        return smallest(r["id"] for r in self.refunds_naming.get(row["id"], []))

    def own_transfer_of(self, row: Row) -> str | None:
        """The transfer that is its source, or names it."""
        if self.transfers.get(row.get("source")) == row.get("source") is not None:
            return row["source"]
        naming = [r["id"] for r in self.transfers_naming.get(row["id"], [])]
        return smallest(name for name in naming if self.transfers.get(name) == name)

    def transfer_of(self, row: Row) -> str | None:
        """The transfer that a balance transaction is about, or takes back."""
        if row.get("source") in self.transfers:
            return self.transfers[row["source"]]
        naming = self.transfers_naming.get(row["id"], [])
        return smallest(self.transfers.get(r["id"]) for r in naming)

    def moves_of_refund(self, refund: Row) -> list[Row]:
        """Balance transactions by the as-of day on a refund: its, or named by it."""
        named = refund_transaction(refund)
        found = list(self.source.transactions_by_source.get(refund["id"], []))
        moved = self.source.balance_transactions.get(named)
        if moved and not self.source.settings.is_later(moved["created"]):
            found += [] if moved in found else [moved]
        return found


@lru_cache(maxsize=8)
def links(source: Source) -> Links:
    """The links of a source."""
    return Links(source)

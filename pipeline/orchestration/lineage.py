"""The true way of the data: which table is made from which, and which column from which."""

from collections.abc import Mapping, Sequence

import dagster as dg

from schemas import TABLES, Table

MADE_FROM: Mapping[str, Sequence[str]] = {
    "documents": ("articles",),
    "rejected_documents": ("articles",),
    "sentences": ("documents",),
    "mentions": ("documents", "sentences"),
    "dates": ("documents", "sentences"),
    "actors": ("mentions",),
    "quotes": ("documents", "sentences", "mentions", "actors"),
    "figures": ("documents", "sentences", "mentions", "actors"),
    "events": ("documents", "sentences", "mentions", "dates", "figures"),
    "event_actors": ("events", "mentions", "actors"),
    "incidents": ("events", "event_actors", "documents"),
    "incident_links": ("incidents", "events"),
    "tallies": ("figures", "incidents", "events", "documents"),
}
"""Tables by what they are made from, each behind those. Keys that are filled in afterwards (`events.incident_id`) are no way back."""

_LINKED: Mapping[str, Mapping[str, tuple[tuple[str, str], ...]]] = {
    "actors": {
        "name": (("mentions", "text"),),
        "aliases": (("mentions", "text"),),
        "actor_type": (("mentions", "entity_type"),),
        "n_documents": (("mentions", "doc_id"),),
        "n_mentions": (("mentions", "mention_id"),),
        "first_seen_on": (("mentions", "published_on"),),
        "last_seen_on": (("mentions", "published_on"),),
    },
    "incidents": {
        **{
            name: (("events", name),)
            for name in (
                "event_type", "date_from", "date_to", "place", "place_country", "latitude", "longitude", "status",
                "actor_names", "recipient_names", "actor_countries", "recipient_countries", "fatalities_low",
                "fatalities_high",
            )
        },
        "n_reports": (("events", "event_id"),),
        "n_documents": (("events", "doc_id"), ("documents", "duplicate_of")),
        "n_sources": (("events", "doc_id"), ("documents", "credit"), ("documents", "duplicate_of")),
        "first_reported_on": (("events", "published_on"),),
        "last_reported_on": (("events", "published_on"),),
        "corroboration": (("events", "status"), ("documents", "credit")),
        "summary": (("events", "sentence"),),
    },
    "incident_links": {
        "from": (("incidents", "incident_id"),),
        "to": (("incidents", "incident_id"),),
        "relation": (("incidents", "status"),),
    },
    "tallies": {
        **{name: (("figures", name),) for name in ("measure", "counted", "unit")},
        "value_low": (("figures", "value"),),
        "value_high": (("figures", "value"), ("figures", "value_high")),
        "latest_value": (("figures", "value"), ("figures", "published_on")),
        "latest_on": (("figures", "published_on"),),
        "first_on": (("figures", "published_on"),),
        "n_figures": (("figures", "figure_id"),),
        "n_documents": (("figures", "doc_id"),),
        "agreement": (("figures", "value"), ("figures", "comparator")),
        "place": (("incidents", "place"),),
    },
    "events": {
        **{f"{role}_names": (("mentions", "text"),) for role in ("actor", "recipient")},
        **{name: (("dates", name),) for name in ("date_from", "date_to", "date_precision")},
        **{f"{kind}_{end}": (("figures", "value"),) for kind in ("fatalities", "injured") for end in ("low", "high")},
    },
}  # fmt: skip
"""Columns of tables that span articles, and of events, that come from named columns of other tables."""


def column_lineage(table: Table) -> dg.TableColumnLineage:
    """Where each column comes from, as far as that is another table's column."""
    deps = {}
    for column in table.columns.values():
        found = list(_LINKED.get(table.name, {}).get(column.name, ()))
        if column.references and column.references in MADE_FROM[table.name]:
            found.append((column.references, TABLES[column.references].key))
        elif column.name in ("published_on", "start", "end", "sentence") and table.by_month:
            found.append(("documents", "text" if column.name != "published_on" else "published_on"))
        if column.span:
            found.append(("documents", "text"))
        known = [(t, c) for t, c in dict.fromkeys(found) if t != table.name and c in TABLES[t].columns]
        if known:
            deps[column.name] = [dg.TableColumnDep(asset_key=dg.AssetKey(t), column_name=c) for t, c in known]
    return dg.TableColumnLineage(deps_by_column=deps)

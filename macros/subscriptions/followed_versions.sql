{#
    Versions of rows: what the snapshot holds of them (history), then each row as it is
    now; with valid_from, valid_to and the next version's next_valid_from.

    history, rows   relations; history without the version that a row still is
    key             their key beside source_relation
    columns         what else is wanted of them
    since           when a row was first so, where it does not say when it was received
#}
{% macro followed_versions(history, rows, key, columns, since='created_at') %}
    {%- set wanted = (['source_relation', key] + columns) | join(',\n        ') %}
select
    *,
    lead(valid_from) over (
        partition by source_relation, {{ key }}
        order by valid_from asc
    ) as next_valid_from
from (
    select
        {{ wanted }},
        valid_from,
        valid_to
    from {{ history }}

    union all

    select
        {{ wanted }},
        coalesce(
            received_at, {{ since }}, cast('1970-01-01' as {{ segment_stripe.moment() }})
        ) as valid_from,
        cast(null as {{ segment_stripe.moment() }}) as valid_to
    from {{ rows }}
) as versions
{%- endmacro %}

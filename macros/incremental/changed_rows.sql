{#
    The rows of a raw table that may be others than at the last build, as hashes of their id
    and of what they name: delivered since its newest one of then; in the look-back before
    it, for some are loaded late, those that the last build did not see; those that say no
    moment always; and those whose day has come since.
#}
{% macro changed_rows(raw, last) %}
    {%- set columns = segment_stripe.hashed_links(raw) -%}
    {%- set newest = last.moments.get(raw.relation | string) -%}
    {%- if not newest -%} {{ return('select ' ~ columns ~ ' from ' ~ raw.relation) }} {%- endif -%}
    {%- set newest = "cast('" ~ newest ~ "' as " ~ segment_stripe.moment() ~ ')' -%}
    {%- set conditions = [raw.moment ~ ' is null', raw.moment ~ ' > ' ~ newest] -%}
    {%- if last.as_of_date | string != segment_stripe.as_of_day() | string -%}
        {%- set day = segment_stripe.reporting_date(raw.created_at) -%}
        {%- do conditions.append(
            day ~ " > cast('" ~ last.as_of_date ~ "' as date) and " ~ day ~ ' <= '
            ~ segment_stripe.as_of_date()
        ) -%}
    {%- endif -%}
    {%- set query -%}
select {{ columns }} from {{ raw.relation }} where {{ conditions | join(' or ') }}
union all
select {{ columns }}
from (
    select *, {{ segment_stripe.row_hash(raw) }} as own_row_id from {{ raw.relation }}
    where {{ raw.moment }} >= {{ segment_stripe.look_back(newest) }}
        and {{ raw.moment }} <= {{ newest }}
) as recent
left join {{ segment_stripe.sync_relation('sync_rows') }} as seen
    on recent.own_row_id = seen.row_id
    and seen.invocation_id = '{{ last.invocation_id }}'
    and seen.raw_relation = '{{ raw.relation }}'
where seen.row_id is null
    {%- endset -%}
    {{ return(query) }}
{% endmacro %}

{#
    Rows whose foreign key names no row of the parent in the same source. A source
    that delivers no parent at all has nothing to refer to, and passes.
#}
{% test references(model, column, to, field=none) %}
{%- set field = field or column -%}
{% call segment_stripe.if_built() %}
with

parents as (

    select
        source_relation,
        {{ field }} as parent_key
    from {{ to }}

),

sources_with_parents as (

    select distinct source_relation from parents

)

select
    children.source_relation,
    children.{{ column }} as missing_{{ field }},
    count(*) as row_count
from {{ model }} as children
inner join sources_with_parents
    on children.source_relation = sources_with_parents.source_relation
left join parents
    on children.source_relation = parents.source_relation
    and children.{{ column }} = parents.parent_key
where children.{{ column }} is not null
    and parents.parent_key is null
group by
    children.source_relation,
    children.{{ column }}
{% endcall %}
{% endtest %}

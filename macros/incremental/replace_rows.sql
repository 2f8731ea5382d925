{#
    The statements that put the rows of touched objects in the place of the old ones, seen
    by others at once.
#}
{% macro replace_rows(target_relation, made) %}
    {%- set columns = [] -%}
    {%- for column in adapter.get_columns_in_relation(made) -%}
        {%- do columns.append(adapter.quote(column.name)) -%}
    {%- endfor -%}
    {{ adapter.dispatch('replace_rows', 'segment_stripe')(
        target_relation, made, model.config.meta.object, columns
    ) }}
{% endmacro %}

{% macro default__replace_rows(target_relation, made, key, columns) %}
delete from {{ target_relation }}
where {{ segment_stripe.id_hash(key) }} in (
    select object_id from {{ segment_stripe.sync_relation('sync_touched') }}
);
insert into {{ target_relation }} ({{ columns | join(', ') }})
select {{ columns | join(', ') }} from {{ made }}
{% endmacro %}

{# A transaction is one statement there: what is gone and what is new are merged as one. #}
{% macro spark__replace_rows(target_relation, made, key, columns) %}
merge into {{ target_relation }} as kept
using (
    select
        object_id as gone_id,
        {%- for column in columns %}
        null as {{ column }}{{ ',' if not loop.last }}
        {%- endfor %}
    from {{ segment_stripe.sync_relation('sync_touched') }}
    union all
    select null as gone_id, {{ columns | join(', ') }} from {{ made }}
) as brought
on {{ segment_stripe.id_hash('kept.' ~ key) }} = brought.gone_id
when matched then delete
when not matched and brought.gone_id is null then
    insert ({{ columns | join(', ') }})
    values (brought.{{ columns | join(', brought.') }})
{% endmacro %}

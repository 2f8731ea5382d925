{# The statements that put the rows of touched objects in the place of the old ones. #}
{% macro replace_rows(target_relation, made) %}
    {%- set key = model.config.meta.object -%}
    {%- set columns = [] -%}
    {%- for column in adapter.get_columns_in_relation(made) -%}
        {%- do columns.append(adapter.quote(column.name)) -%}
    {%- endfor -%}
delete from {{ target_relation }}
where {{ segment_stripe.id_hash(key) }} in (
    select object_id from {{ segment_stripe.sync_relation('sync_touched') }}
);
insert into {{ target_relation }} ({{ columns | join(', ') }})
select {{ columns | join(', ') }} from {{ made }}
{% endmacro %}

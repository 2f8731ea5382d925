{# Queries for the invoice lines whose plan changed, or its product: they show both names. #}
{% macro lines_of_changed_plans(tables, last) %}
    {%- set queries = [] -%}
    {%- for lines in tables
        if lines.collection == 'invoice_lines' and 'plan_id' in lines.columns -%}
        {%- for plans in tables
            if plans.collection == 'plans' and plans.relation.schema == lines.relation.schema -%}
            {%- set changes = [segment_stripe.changed_rows(plans, last)] -%}
            {%- for products in tables if products.collection == 'products'
                and products.relation.schema == lines.relation.schema
                and 'product_id' in plans.columns -%}
                {%- do changes.append(
                    segment_stripe.raw_text(plans, 'product_id') ~ ' in (select '
                    ~ products.id ~ ' from ' ~ products.relation ~ ' where '
                    ~ segment_stripe.changed_rows(products, last) ~ ')'
                ) -%}
            {%- endfor -%}
            {%- do queries.append(
                'select ' ~ segment_stripe.id_hash(lines.id) ~ ' as object_id from '
                ~ lines.relation ~ ' where ' ~ segment_stripe.raw_text(lines, 'plan_id')
                ~ ' in (select ' ~ plans.id ~ ' from ' ~ plans.relation ~ ' where '
                ~ changes | join(' or ') ~ ')'
            ) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(queries) }}
{% endmacro %}

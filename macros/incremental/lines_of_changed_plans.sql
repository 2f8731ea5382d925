{# Queries for the invoice lines whose plan changed, or its product: they show both names. #}
{% macro lines_of_changed_plans(tables) %}
    {%- set queries = [] -%}
    {%- for plans in tables if plans.collection == 'plans' -%}
        {%- set plan = segment_stripe.id_hash(plans.id) -%}
        {%- set changes = [segment_stripe.is_changed(plan)] -%}
        {%- if 'product' in plans.columns -%}
            {%- do changes.append(segment_stripe.is_changed(
                segment_stripe.id_hash(segment_stripe.raw_text(plans, 'product'))
            )) -%}
        {%- endif -%}
        {%- set changed = 'select ' ~ plan ~ ' from ' ~ plans.relation ~ ' where '
            ~ changes | join(' or ') -%}
        {%- for lines in tables
            if lines.collection == 'invoice_lines' and 'plan_id' in lines.columns
            and lines.source_relation == plans.source_relation
            and run_query(changed ~ ' limit 1').rows | length -%}
            {%- do queries.append(
                'select ' ~ segment_stripe.id_hash(lines.id) ~ ' as object_id from '
                ~ lines.relation ~ ' where '
                ~ segment_stripe.id_hash(segment_stripe.raw_text(lines, 'plan_id'))
                ~ ' in (' ~ changed ~ ')'
            ) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(queries) }}
{% endmacro %}

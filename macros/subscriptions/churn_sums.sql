{#
    Sums of fct_customer_mrr by kind of churn, two columns each: what was lost, and how
    many customers. With the name of a relation, its columns of these names.
#}
{% macro churn_sums(relation=none) %}
    {%- set columns = [] -%}
    {%- for kind in ['voluntary', 'failed_payment', 'other'] -%}
        {%- for name, value in {
            'churn_mrr_amount': 'churn_mrr_amount', 'churned_customer_count': '1',
        }.items() -%}
            {%- set summed = "sum(case when churn_kind = '" ~ kind ~ "' then " ~ value
                ~ ' else 0 end) as ' ~ kind ~ '_' ~ name -%}
            {%- do columns.append(
                relation ~ '.' ~ kind ~ '_' ~ name if relation else summed
            ) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(columns | join(',\n        ')) }}
{% endmacro %}

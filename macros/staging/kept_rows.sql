{#
    Adds to each found table the filter on `livemode`; a missing column or value
    means live. 'test_mode' keeps the rows that 'live' leaves out.
#}
{% macro kept_rows(found, rows) %}
    {%- set kept = [] -%}
    {%- for raw in found -%}
        {%- set livemode = segment_stripe.staged_column(raw, 'livemode', ['boolean']) -%}
        {%- set is_live = 'coalesce(' ~ livemode ~ ', true)' -%}
        {%- set has_livemode = 'livemode' in raw.columns -%}
        {%- set is_filtered = has_livemode and not segment_stripe.setting('include_test_mode') -%}
        {%- if rows == 'live' -%}
            {%- do kept.append(dict(raw, filter=is_live if is_filtered else 'true')) -%}
        {%- elif is_filtered -%}
            {%- do kept.append(dict(raw, filter='not ' ~ is_live)) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(kept) }}
{% endmacro %}

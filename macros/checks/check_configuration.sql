{#
    Before any table is touched: one sentence for the first bad setting, with the fix.
    The hook runs for every command, also of a project that has this one as a package
    and builds something else.
#}
{% macro check_configuration(is_writing=false) %}
    {%- set is_concerned = not is_writing or modules.re.search(
        '(^| )(model|snapshot|test)[.]segment_stripe[.]', selected_resources | join(' ')
    ) -%}
    {%- if execute and is_concerned -%}
        {%- do segment_stripe.check_names() -%}
        {%- do segment_stripe.check_accounts() -%}
        {%- do segment_stripe.check_time_variables() -%}
        {%- do segment_stripe.check_switches() -%}
        {%- do segment_stripe.check_domains() -%}
        {%- do segment_stripe.check_revenue_variables() -%}
        {%- do segment_stripe.check_funnel_steps() -%}
        {%- do segment_stripe.check_reporting_currency() -%}
        {%- do segment_stripe.check_passthrough_columns() -%}
        {%- if flags.INTROSPECT -%}
            {%- do segment_stripe.check_spark() -%}
            {%- do segment_stripe.check_schemas() -%}
            {%- do segment_stripe.check_rights_to_read() -%}
            {%- do segment_stripe.check_source_tables() -%}
            {%- do segment_stripe.check_passthrough_tables() -%}
            {%- do segment_stripe.check_own_objects() -%}
            {%- do segment_stripe.check_own_collections() -%}
            {%- if is_writing -%}
                {%- do segment_stripe.check_rights_to_write() -%}
            {%- endif -%}
            {%- do segment_stripe.check_ad_spend() -%}
            {%- do segment_stripe.check_exchange_rates() -%}
        {%- endif -%}
        {%- do segment_stripe.check_lifetime_value_variables() -%}
    {%- endif -%}
{% endmacro %}

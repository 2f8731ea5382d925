{#
    One sentence where no listed schema holds any of Segment's tables, for everything
    built from them would be empty; a warning for one that is empty among others.
#}
{% macro check_source_tables() %}
    {%- for source_name in ['stripe', 'segment'] -%}
        {%- set variable = segment_stripe.accounts_setting(source_name) -%}
        {%- set accounts = segment_stripe.source_accounts(source_name) -%}
        {%- set tables = segment_stripe.own_sources()
            | selectattr('source_name', 'equalto', source_name) | list -%}
        {%- set empty = [] -%}
        {%- for account in accounts
            if not segment_stripe.holds_a_table(account, tables) -%}
            {%- do empty.append(account.source_relation) -%}
        {%- endfor -%}
        {%- set said -%}
            {{ variable }} names {{ empty | join(', ') }}, where there is none of Segment's
            tables: name the schema that Segment loads, or wait for its first sync.
        {%- endset -%}
        {%- set said = said.split() | join(' ') -%}
        {%- if empty and empty | length == accounts | length -%}
            {%- do exceptions.raise_compiler_error(said) -%}
        {%- elif empty -%}
            {%- do exceptions.warn(said) -%}
        {%- endif -%}
    {%- endfor -%}
{% endmacro %}

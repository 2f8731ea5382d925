{# One sentence for a list of accounts that cannot be meant, or that has one name twice. #}
{% macro check_accounts() %}
    {%- set accounts = segment_stripe.setting('stripe_accounts') or [] -%}
    {%- if accounts is string or accounts is mapping or accounts is not sequence -%}
        {%- do exceptions.raise_compiler_error(
            "stripe_accounts is '" ~ accounts ~ "', which is not a list: write for "
            ~ 'example [{schema: stripe_us, name: America}].'
        ) -%}
    {%- elif accounts
        and segment_stripe.setting('stripe_sources') not in (['stripe'], 'stripe') -%}
        {%- do exceptions.raise_compiler_error(
            'stripe_accounts and stripe_sources are both set: move the schemas of '
            ~ 'stripe_sources into stripe_accounts, and take stripe_sources out.'
        ) -%}
    {%- endif -%}
    {%- for entry in accounts -%}
        {%- do segment_stripe.check_account(entry) -%}
    {%- endfor -%}
    {%- set known = {} -%}
    {%- for account in segment_stripe.source_accounts('stripe') if accounts -%}
        {%- set relation = account.source_relation | lower -%}
        {%- if known.get(account.name | lower, relation) != relation -%}
            {%- do exceptions.raise_compiler_error(
                "stripe_accounts gives the name '" ~ account.name ~ "' to two accounts: "
                ~ 'give each its own.'
            ) -%}
        {%- endif -%}
        {%- do known.update({account.name | lower: relation}) -%}
    {%- endfor -%}
{% endmacro %}

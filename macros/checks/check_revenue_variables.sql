{# One sentence for a list of MRR choices that names what Stripe does not have. #}
{% macro check_revenue_variables() %}
    {%- for name, known in {
        'mrr_coupon_durations': ['forever', 'once', 'repeating'],
        'mrr_statuses': [
            'active', 'canceled', 'incomplete', 'incomplete_expired', 'past_due',
            'paused', 'trialing', 'unpaid',
        ],
    }.items() -%}
        {%- set chosen = segment_stripe.setting(name) -%}
        {%- if chosen is string or chosen is mapping or chosen is not sequence -%}
            {%- do exceptions.raise_compiler_error(
                name ~ " is '" ~ chosen ~ "', which is not a list: write for example ["
                ~ known[0] ~ '].'
            ) -%}
        {%- elif name == 'mrr_statuses' and not chosen -%}
            {%- do exceptions.raise_compiler_error(
                'mrr_statuses is empty, so no subscription would count: list statuses, '
                ~ 'for example [active, past_due].'
            ) -%}
        {%- endif -%}
        {%- for value in chosen if value not in known -%}
            {%- do exceptions.raise_compiler_error(
                name ~ " lists '" ~ value ~ "', which Stripe does not have: choose from "
                ~ known | join(', ') ~ '.'
            ) -%}
        {%- endfor -%}
    {%- endfor -%}
{% endmacro %}

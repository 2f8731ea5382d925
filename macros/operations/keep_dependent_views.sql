{#
    After a model was swapped in: make the views that stand on its old relation stand on
    the new one. PostgreSQL binds views to relations, not to names, and dbt then drops
    the old relation with all that stands on it, whether it is selected or not.

    The swap is committed first, and each view is changed in a transaction of its own:
    while a swapped relation is locked, nothing may be waited for.
#}
{% macro keep_dependent_views(relation) %}
    {{ return(adapter.dispatch('keep_dependent_views', 'segment_stripe')(relation)) }}
{% endmacro %}

{% macro default__keep_dependent_views(relation) %}{% endmacro %}

{# Redshift would take PostgreSQL's. #}
{% macro redshift__keep_dependent_views(relation) %}{% endmacro %}

{% macro postgres__keep_dependent_views(relation) %}
    {#- A full refresh drops seeds with all that stands on them: all is made anew. -#}
    {%- set drops_seeds = flags.FULL_REFRESH
        and 'seed.' in selected_resources | join(' ') -%}
    {%- if not execute or drops_seeds -%} {{ return('') }} {%- endif -%}
    {%- set old = make_backup_relation(relation, none) -%}
    {%- set views = segment_stripe.dependent_views(old) -%}
    {%- if views -%}
        {%- do run_query('commit') -%}
        {%- for view in views -%}
            {%- do run_query(segment_stripe.repoint_view(view, old, relation)) -%}
            {%- do run_query('commit') -%}
        {%- endfor -%}
        {%- set lost = segment_stripe.dependent_views(old) -%}
        {%- for view in lost -%}
            {%- do exceptions.warn(
                'View ' ~ view.schema ~ '.' ~ view.identifier ~ ' is dropped, for it reads '
                ~ 'what ' ~ relation.schema ~ '.' ~ relation.identifier
                ~ ' no longer has: build it, and the views that read it, again.'
            ) -%}
        {%- endfor -%}
        {#- dbt believes that all views above the old relation go with it; of those that
            are said to be there again it no longer knows what they stand on. -#}
        {%- set gone = segment_stripe.dependent_views(old, is_deep=true) if lost else [] -%}
        {%- do adapter.cache_dropped(old) -%}
        {%- for view in segment_stripe.dependent_views(relation, is_deep=true) -%}
            {%- if view not in gone -%} {%- do adapter.cache_added(view) -%} {%- endif -%}
        {%- endfor -%}
        {%- for view in gone -%} {%- do adapter.cache_dropped(view) -%} {%- endfor -%}
    {%- endif -%}
{% endmacro %}

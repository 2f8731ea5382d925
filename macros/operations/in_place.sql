{#
    A table or view of DuckDB, which drops a relation and makes the next one in one
    transaction: who reads it, and a build that is killed, find it old or new. dbt's own
    way makes it beside and renames both, which takes a fifth of dbt's time for a build.
#}
{% macro in_place(kind) %}
    {%- set target_relation = this.incorporate(type=kind) -%}
    {%- set has_contract = config.get('contract').enforced -%}
    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}
    {%- call statement('main') -%}
        {{ segment_stripe.make_way(target_relation) }}
        {%- if kind == 'view' -%}
            {{ get_create_view_as_sql(target_relation, sql) }}
        {%- else -%}
            {{ get_create_table_as_sql(False, target_relation, sql) }}
        {%- endif -%}
        {{ segment_stripe.comments(target_relation) if has_contract }}
    {%- endcall -%}
    {%- do apply_grants(target_relation, config.get('grants'), should_revoke=false) -%}
    {%- if not has_contract -%} {%- do persist_docs(target_relation, model) -%} {%- endif -%}
    {%- do create_indexes(target_relation) -%}
    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {{ adapter.commit() }}
    {{ run_hooks(post_hooks, inside_transaction=False) }}
    {{ return({'relations': [target_relation]}) }}
{% endmacro %}

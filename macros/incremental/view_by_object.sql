{#
    A view of all rows, as dbt has it; in an incremental build there is <name>__touched
    beside it, which shows those of touched objects, for the models that read it.
#}
{% materialization view_by_object, default %}
    {%- set existing = load_cached_relation(this) -%}
    {%- set target_relation = this.incorporate(type='view') -%}
    {%- set made = segment_stripe.place_to_build(target_relation, existing) -%}
    {%- set is_aside = made.identifier != target_relation.identifier -%}
    {%- set backup = make_backup_relation(
        target_relation, existing.type if existing else 'view'
    ) -%}
    {{ drop_relation_if_exists(load_cached_relation(backup)) }}
    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}

    {%- set of_all_rows = sql -%}
    {%- if segment_stripe.is_in_part() -%}
        {%- set of_all_rows = segment_stripe.of_all_rows(sql) -%}
        {%- set touched = segment_stripe.sync_relation(model.name ~ '__touched', 'view') -%}
        {%- call statement('touched') -%}
            {{ segment_stripe.make_way(touched) }}
            {{ get_create_view_as_sql(touched, sql) }}
        {%- endcall -%}
    {%- endif -%}
    {%- call statement('main') -%}
        {{ segment_stripe.make_way(made) }}
        {{ get_create_view_as_sql(made, of_all_rows) }}
    {%- endcall -%}
    {%- if is_aside -%}
        {%- if existing is not none -%}
            {%- do adapter.rename_relation(existing, backup) -%}
        {%- endif -%}
        {%- do adapter.rename_relation(made, target_relation) -%}
    {%- endif -%}

    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {%- set should_revoke = should_revoke(existing, full_refresh_mode=True) -%}
    {%- do apply_grants(target_relation, config.get('grants'), should_revoke=should_revoke) -%}
    {%- do persist_docs(target_relation, model) -%}
    {{ adapter.commit() }}
    {{ drop_relation_if_exists(backup) }}
    {{ run_hooks(post_hooks, inside_transaction=False) }}
    {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}

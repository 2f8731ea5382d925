{#
    A table that is computed anew or, in an incremental build, loses the rows of touched
    objects and gains what they are now, at once. What they are now stays as
    <name>__touched, for the models that read it. Without an object in its meta it is kept
    until all rows are computed: it changes with the account alone.
#}
{% materialization table_by_object, default %}
    {%- set existing = load_cached_relation(this) -%}
    {%- set target_relation = this.incorporate(type='table') -%}
    {%- set is_in_part = segment_stripe.is_in_part() -%}
    {%- if is_in_part and not model.config.meta.get('object') -%}
        {%- call noop_statement('main', 'KEPT') -%}{%- endcall -%}
        {{ return({'relations': [target_relation]}) }}
    {%- endif -%}
    {%- set made = segment_stripe.sync_relation(model.name ~ '__touched') if is_in_part
        else segment_stripe.place_to_build(target_relation, existing) -%}
    {%- set is_aside = made.identifier != target_relation.identifier -%}
    {%- set backup = make_backup_relation(
        target_relation, existing.type if existing else 'table'
    ) -%}
    {{ drop_relation_if_exists(load_cached_relation(backup)) }}
    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}

    {%- call statement('main') -%}
        {{ segment_stripe.make_way(made) }}
        {{ get_create_table_as_sql(False, made, sql) }}
    {%- endcall -%}
    {%- if is_in_part -%}
        {%- call statement('replace_rows') -%}
            {{ segment_stripe.replace_rows(target_relation, made) }}
        {%- endcall -%}
    {%- elif is_aside -%}
        {%- do create_indexes(made) -%}
        {%- if existing is not none -%}
            {%- do adapter.rename_relation(existing, backup) -%}
        {%- endif -%}
        {%- do adapter.rename_relation(made, target_relation) -%}
    {%- endif -%}

    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {%- set should_revoke = should_revoke(existing, full_refresh_mode=not is_in_part) -%}
    {%- do apply_grants(target_relation, config.get('grants'), should_revoke=should_revoke) -%}
    {%- do persist_docs(target_relation, model) -%}
    {{ adapter.commit() }}
    {{ drop_relation_if_exists(backup) }}
    {{ run_hooks(post_hooks, inside_transaction=False) }}
    {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}

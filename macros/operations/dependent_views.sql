{#
    The views that read a relation of PostgreSQL, in any schema, as dbt relations;
    is_deep: also those that read such a view, and so on.
#}
{% macro dependent_views(relation, is_deep=false) %}
    {%- set query -%}
        with recursive readers as (

            select
                dependencies.refobjid as read_oid,
                rules.ev_class as view_oid
            from pg_depend as dependencies
            inner join pg_rewrite as rules
                on dependencies.objid = rules.oid
            where dependencies.classid = cast('pg_rewrite' as regclass)
                and dependencies.refclassid = cast('pg_class' as regclass)
                and dependencies.refobjid <> rules.ev_class

        ),

        found as (

            select view_oid from readers
            where read_oid = to_regclass('{{ relation.include(database=false) }}')
            union
            select readers.view_oid
            from found
            inner join readers
                on found.view_oid = readers.read_oid
            where {{ is_deep }}

        )

        select
            namespaces.nspname,
            views.relname
        from found
        inner join pg_class as views
            on found.view_oid = views.oid
        inner join pg_namespace as namespaces
            on views.relnamespace = namespaces.oid
        where views.relkind = 'v'
        order by 1, 2
    {%- endset -%}
    {%- set views = [] -%}
    {%- for row in run_query(query).rows -%}
        {%- do views.append(api.Relation.create(
            database=relation.database, schema=row[0], identifier=row[1], type='view'
        )) -%}
    {%- endfor -%}
    {{ return(views) }}
{% endmacro %}

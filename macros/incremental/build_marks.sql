{#
    What all rows depend on, {what it is: mark}: where one of them is another than at the
    last build, every row is computed again. Seeds count as what was last loaded: dbt run
    loads none.
#}
{% macro build_marks(tables, last) %}
    {%- set settings = {} -%}
    {%- for name in segment_stripe.default_settings()
        if name not in ('as_of', 'incremental', 'incremental_lookback_days') -%}
        {%- do settings.update({name: segment_stripe.setting(name)}) -%}
    {%- endfor -%}
    {%- set code = [segment_stripe.macros_mark()] -%}
    {%- for id in graph.nodes | sort
        if id.startswith('model.segment_stripe.') or id.startswith('snapshot.segment_stripe.') -%}
        {%- set node = graph.nodes[id] -%}
        {#- Where it stands, too: there may be a table that an earlier build left. -#}
        {%- do code.append([
            node.unique_id, node.checksum.checksum, node.database, node.schema, node.alias
        ]) -%}
    {%- endfor -%}
    {%- set seeds, passed_by = [], [] -%}
    {%- for node in segment_stripe.seeds_read() -%}
        {%- do seeds.append([node.unique_id, node.checksum.checksum]) -%}
        {%- if node.unique_id not in selected_resources -%}
            {%- do passed_by.append(node.unique_id) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set columns = [] -%}
    {%- for raw in tables -%}
        {%- set types = [] -%}
        {%- for name, column in raw.columns.items() -%}
            {%- do types.append(name ~ ' ' ~ column.dtype) -%}
        {%- endfor -%}
        {%- do columns.append([raw.relation | string, types | sort]) -%}
    {%- endfor -%}
    {{ return({
        'a setting': local_md5(tojson(settings, sort_keys=true)),
        'the project': local_md5(tojson(code)),
        'a seed': (last or {}).get('a_seed', 'none') if passed_by
            else local_md5(tojson(seeds)),
        'what seeds hold': segment_stripe.seeds_mark(),
        'dbt or the warehouse': local_md5(
            dbt_version ~ run_query('select version()').rows[0][0]
        ),
        'a raw table': local_md5(tojson(columns)),
        'what the whole account depends on': segment_stripe.account_mark(tables),
    }) }}
{% endmacro %}
